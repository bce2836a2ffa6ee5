import Inner

/// v <- chi [v + phi/2 r1 (p - x) + phi/2 r2 (g - x)],  chi = 2 / (phi - 2 + sqrt(phi^2 - 4 phi)).
///
/// Looks at no inertia schedule.
/// - SeeAlso: Clerc & Kennedy (2002), doi:10.1109/4235.985692
public struct ConstrictionRule: VelocityRule {
    /// Sum of both accelerations, above 4.
    public let phi: Double

    /// - Precondition: `phi` > 4.
    public init(phi: Double) {
        precondition(phi > 4, "constriction needs phi > 4, not \(phi)")
        self.phi = phi
    }

    public var name: String { "constriction:\(short(phi))" }

    /// The constriction factor of `phi`.
    public static func factor(_ phi: Double) -> Double { 2 / (phi - 2 + (phi * phi - 4 * phi).squareRoot()) }

    public func move(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, inertia: Double, draws: RandomStream
    ) {
        let chi = Self.factor(phi)
        attract(
            particles, &positions, &velocities, of: swarm, keep: chi, cognitive: chi * phi / 2, social: chi * phi / 2,
            draws: draws)
    }
}

extension VelocityRule where Self == ConstrictionRule {
    public static func constriction(phi: Double = 4.1) -> ConstrictionRule { ConstrictionRule(phi: phi) }
}
