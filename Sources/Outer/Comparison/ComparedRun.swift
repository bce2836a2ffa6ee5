import Inner

/// One search of a comparison: which family, on what, and when it found what.
///
/// Runs of all families with the same problem and block share instance, initial points and evaluation seeds.
public struct ComparedRun: Sendable, Equatable {
    /// The contestant's name; unique in its comparison.
    public let family: String
    /// Problem of the comparison, and block of that problem, from 0.
    public let problem: Int
    public let block: Int
    /// Evaluations spent.
    public let evaluations: Int
    /// Every improvement of the best value, in order; on a noisy problem the means of the incumbent's re-evaluations, which
    /// may rise again.
    public let improvements: [Trace.Checkpoint]
    /// The least value of the problem's instance, where it is known.
    public let optimum: Double?

    public init(
        family: String, problem: Int, block: Int, evaluations: Int, improvements: [Trace.Checkpoint], optimum: Double?
    ) {
        (self.family, self.problem, self.block) = (family, problem, block)
        (self.evaluations, self.improvements, self.optimum) = (evaluations, improvements, optimum)
    }

    /// The best value after so many evaluations, infinite if there was none: relative to the optimum if that is known.
    public func best(within evaluations: Int) -> Double {
        let last = improvements.partitioningIndex { $0.evaluations > evaluations }
        return last > 0 ? improvements[last - 1].best - (optimum ?? 0) : .infinity
    }

    /// Evaluations until a value at or below the target, which is relative to the optimum if that is known; nil if there was
    /// none.
    public func evaluations(to target: Double) -> Int? {
        improvements.first { $0.best - (optimum ?? 0) <= target }?.evaluations
    }
}
