import Inner

/// The budget of the least expected running time to a target, by how many fresh searches are there with how much.
package struct ReachedBudgets: Sendable {
    /// For every search the first budget at which it is there; the number of budgets if none is.
    private let levels: [Int]
    private let count: Int

    /// - Parameters:
    ///   - values: the best value of every search at every budget, an octave apart; infinite where there was none.
    ///   - target: the value to be reached.
    package init(_ values: [[Double]], target: Double) {
        count = values[0].count
        levels = values.map { $0.firstIndex { $0 <= target } ?? $0.count }
    }

    /// The budget of the least time, by these searches alone; nil if none is ever there.
    package var fastest: Int? {
        var shares = [Double](repeating: 0, count: count + 1)
        for level in levels { shares[level] += 1 / Double(levels.count) }
        return Self.fastest(shares)
    }

    /// Budgets by the Bayesian bootstrap of the searches and one more. As likely as not that is there within an octave of one of them,
    /// else with any of the budgets, or none. Where no search is there at all it takes the largest, or more.
    ///
    /// - SeeAlso: Rubin (1981), doi:10.1214/aos/1176345338
    func knees(_ draws: Int, using chance: inout RandomStream) -> [Int] {
        (0..<draws).map { _ in
            let weights = levels.map { _ in chance.exponential() }
            let one = chance.exponential()
            let total = weights.reduce(one, +)
            var shares = [Double](repeating: 0, count: count + 1)
            for (level, weight) in zip(levels, weights) { shares[level] += weight / total }
            shares[unknown(using: &chance)] += one / total
            return Self.fastest(shares) ?? count - 1
        }
    }

    private func unknown(using chance: inout RandomStream) -> Int {
        guard chance.uniform() < 0.5 else { return chance.index(below: count + 1) }
        let level = levels[chance.index(below: levels.count)] + chance.index(below: 3) - 1
        return min(max(level, 0), count)
    }

    /// - Parameter shares: of the searches that are there first at each budget, and of those that never are.
    private static func fastest(_ shares: [Double]) -> Int? {
        var sum = 0.0
        let reached = shares.dropLast().map { share in
            sum += share
            return sum
        }
        guard sum > 0 else { return nil }
        let utilities = RunningTimeUtility.utilities(reached: reached)
        return utilities.firstIndex(of: utilities.max()!)
    }
}
