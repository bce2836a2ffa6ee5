import Inner

/// w = 0.4 + 0.5 / (1 + e / (c d)) after e evaluations in d dimensions: falls from 0.9 towards 0.4 and is half-way at c
/// evaluations a dimension. Unlike a linear decrease it needs no horizon, so prefixes stay exact.
public struct EvaluationsInertia: InertiaSchedule {
    /// c, in evaluations a dimension.
    public let halfway: Double

    /// - Precondition: `halfway` > 0.
    public init(halfway: Double) {
        precondition(halfway > 0, "the half-way point is positive, not \(halfway)")
        self.halfway = halfway
    }

    public var name: String { "evaluations:\(short(halfway))" }

    public func weight(at progress: Progress) -> Double {
        0.4 + 0.5 / (1 + Double(progress.evaluations) / (halfway * Double(progress.dimension)))
    }
}

extension InertiaSchedule where Self == EvaluationsInertia {
    public static func evaluations(halfway: Double = 200) -> EvaluationsInertia { EvaluationsInertia(halfway: halfway) }
}
