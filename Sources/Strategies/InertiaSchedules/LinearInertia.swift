/// w falls linearly from 0.9 to 0.4 over the horizon. Horizon-bound: only the end point of a run counts.
///
/// - SeeAlso: Shi & Eberhart (1999), doi:10.1109/CEC.1999.785511
public struct LinearInertia: InertiaSchedule {
    public var name: String { "linear" }
    public var isHorizonBound: Bool { true }

    public func weight(at progress: Progress) -> Double {
        0.9 - 0.5 * min(1, Double(progress.evaluations) / Double(progress.horizon))
    }
}

extension InertiaSchedule where Self == LinearInertia {
    public static var linear: LinearInertia { LinearInertia() }
}
