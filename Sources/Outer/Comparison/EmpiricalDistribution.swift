import RealModule

/// What share of some quantities is at or below a value: a step function, exact at every step.
///
/// A quantity may be infinite, such as the time of what never happens: it counts, and is at or below no finite value.
public struct EmpiricalDistribution: Sendable, Equatable {
    public struct Step: Sendable, Equatable {
        public let value: Double
        /// Of all quantities, in 0 ... 1, from this value to the next step.
        public let share: Double
    }

    /// By rising value; all values are finite.
    public let steps: [Step]

    /// The distribution of quantities that weigh the same.
    ///
    /// - Parameter values: none of them NaN. Of no values the share is 0 everywhere.
    /// - Complexity: O(n log n)
    public init(_ values: [Double]) {
        self.init(values.map { ($0, 1) }, total: Double(values.count))
    }

    /// - Parameters:
    ///   - weighted: quantities and their weights, none negative.
    ///   - total: the weight of all quantities, of those too that are left out because they are infinite.
    init(_ weighted: [(value: Double, weight: Double)], total: Double) {
        precondition(!weighted.contains { $0.value.isNaN }, "a quantity is NaN")
        let sorted = weighted.filter { $0.value.isFinite && $0.weight > 0 }.sorted { $0.value < $1.value }
        var (steps, sum): ([Step], Double) = ([], 0)
        for (place, quantity) in sorted.enumerated() {
            sum += quantity.weight
            let isLastOfItsValue = place + 1 == sorted.count || sorted[place + 1].value > quantity.value
            if isLastOfItsValue { steps.append(Step(value: quantity.value, share: min(1, sum / total))) }
        }
        self.steps = steps
    }

    /// - Complexity: O(log n)
    public func share(within value: Double) -> Double {
        let above = steps.partitioningIndex { $0.value > value }
        return above > 0 ? steps[above - 1].share : 0
    }

    /// The mean share over the logarithm of the value, between two positive values:
    ///
    ///     int_{log a}^{log b} share(e^u) du / (log b - log a)
    public func logarithmicArea(from a: Double, to b: Double) -> Double {
        precondition(0 < a && a < b, "no logarithmic range from \(a) to \(b)")
        var (area, reached, share) = (0.0, a, share(within: a))
        for step in steps where step.value > a && step.value < b {
            area += share * Double.log(step.value / reached)
            (reached, share) = (step.value, step.share)
        }
        return (area + share * Double.log(b / reached)) / Double.log(b / a)
    }
}
