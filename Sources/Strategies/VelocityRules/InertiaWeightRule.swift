import Inner

/// v <- w v + c1 r1 (p - x) + c2 r2 (g - x): p the particle's best, g its best informant's.
///
/// - SeeAlso: Shi & Eberhart (1998), doi:10.1109/ICEC.1998.699146
public struct InertiaWeightRule: VelocityRule {
    /// c1 = c2; 1.49618 belongs to w = 0.7298.
    public let acceleration: Double

    public init(acceleration: Double) { self.acceleration = acceleration }

    public var name: String { "inertiaWeight:\(short(acceleration))" }

    public func move(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, inertia: Double, draws: RandomStream
    ) {
        attract(
            particles, &positions, &velocities, of: swarm, keep: inertia, cognitive: acceleration, social: acceleration,
            draws: draws)
    }
}

extension VelocityRule where Self == InertiaWeightRule {
    public static func inertiaWeight(acceleration: Double = 1.49618) -> InertiaWeightRule {
        InertiaWeightRule(acceleration: acceleration)
    }
}
