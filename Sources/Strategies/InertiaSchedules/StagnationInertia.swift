import Inner
import RealModule

/// w = 0.4 + 0.5 * 2^(-s / h), s generations after the last improvement: success keeps the swarm moving, a stagnating
/// swarm contracts until it succeeds again.
///
/// The sign of the feedback is that of success-rate adaptation; the signal is the swarm's best alone.
/// - SeeAlso: Nickabadi, Ebadzadeh & Safabakhsh (2011), doi:10.1016/j.asoc.2011.01.037
public struct StagnationInertia: InertiaSchedule {
    /// h, in generations.
    public let halfLife: Double

    /// - Precondition: `halfLife` > 0.
    public init(halfLife: Double) {
        precondition(halfLife > 0, "a half-life is positive, not \(halfLife)")
        self.halfLife = halfLife
    }

    public var name: String { "stagnation:\(short(halfLife))" }

    public func weight(at progress: Progress) -> Double {
        0.4 + 0.5 * Double.exp2(-Double(progress.stagnation) / halfLife)
    }
}

extension InertiaSchedule where Self == StagnationInertia {
    public static func stagnation(halfLife: Double = 5) -> StagnationInertia { StagnationInertia(halfLife: halfLife) }
}
