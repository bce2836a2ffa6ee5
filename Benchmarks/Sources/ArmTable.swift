import Foundation
import Inner
import Outer

/// What every arm of a space is truly worth on one problem: fresh searches of all of them, scored in one pool.
struct ArmTable: Sendable {
    /// Utility by arm, in the scores of a pool to which every arm gave as many values.
    let utility: [Double]
    /// How far every arm falls short: 0 for the best arm of the table, 1 for the median one.
    let regrets: [Double]

    /// Every configuration is searched `seeds` times at the ceiling, whose prefixes are the shorter budgets.
    init(_ space: ArmSpace, of problem: any PureProblem, goal: Goal, seeds: Int) throws {
        var values = [[Double]](repeating: [], count: space.count)
        for (index, configuration) in space.configurations.enumerated() {
            let family = try configuration.searchFamily()
            for seed in 0..<seeds {
                let result = Inner.run(
                    family, on: problem, budget: space.ceiling, checkpoints: space.grid,
                    stream: RandomStream(seed: 5_000_000 + UInt64(seed)))
                for checkpoint in result.trace.checkpoints {
                    guard let k = space.grid.index(of: checkpoint.evaluations), k % CheckpointGrid.perOctave == 0
                    else { continue }
                    values[space.index(configuration: index, level: k / CheckpointGrid.perOctave)]
                        .append(checkpoint.best)
                }
            }
        }
        self.init(space, values: values, goal: goal)
    }

    /// - Parameter values: of every arm, as many each.
    init(_ space: ArmSpace, values: [[Double]], goal: Goal) {
        let utility = Self.utility(Self.scored(values), space, goal)
        let sorted = utility.sorted()
        let (best, median) = (sorted[sorted.count - 1], sorted[sorted.count / 2])
        self.utility = utility
        regrets = utility.map { (best - $0) / (best - median) }
    }

    private static func scored(_ values: [[Double]]) -> [[Double]] {
        var pool = NormalScores()
        for arm in values { pool.add(arm) }
        pool.rank()
        var start = 0
        return values.map { arm in
            defer { start += arm.count }
            return Array(pool.scores[start..<start + arm.count])
        }
    }

    /// E[q] and what the goal adds to it, with the variance within arms pooled over the table.
    private static func utility(_ scores: [[Double]], _ space: ArmSpace, _ goal: Goal) -> [Double] {
        let means = scores.map { $0.reduce(0, +) / Double($0.count) }
        let squares = zip(scores, means).reduce(0) { $0 + $1.0.reduce(0) { [m = $1.1] in $0 + ($1 - m) * ($1 - m) } }
        let freedom = scores.reduce(0) { $0 + $1.count - 1 }
        let deviation = (squares / Double(freedom)).squareRoot()
        return means.enumerated().map { arm, mean in
            let (level, budget) = (space[arm].level, space[arm].budget)
            return mean + (goal.offset(level: level, budget: budget, seedDeviation: deviation) ?? -.infinity)
        }
    }
}
