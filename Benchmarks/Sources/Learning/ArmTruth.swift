import Foundation
import Inner
import Outer

/// What every arm of a space is worth on one problem, by searches that no policy saw.
///
/// The arm that looks best owes some of its looks to luck, so the largest utility is no measure. The best one is
/// cross-fitted: the arm that is best by one half of the seeds is measured by the other half, and the mean of both
/// directions taken. Regret is 0 there and 1 at the median arm; it is below 0 for arms better than those that half of
/// the seeds can find.
/// - SeeAlso: Chernozhukov et al. (2018), Double/debiased machine learning, doi:10.1111/ectj.12097
struct ArmTruth: Sendable {
    /// Utility by arm: the mean of both halves.
    let utility: [Double]
    /// What the arm that is best by one half of the seeds is worth by the other.
    let best: Double
    let median: Double

    init(_ yardstick: Yardstick, seeds: Int) {
        let (early, late) = (yardstick.utility(seeds: 0..<seeds / 2), yardstick.utility(seeds: seeds / 2..<seeds))
        utility = zip(early, late).map { 0.5 * ($0 + $1) }
        best = 0.5 * (late[Self.leader(early)] + early[Self.leader(late)])
        let sorted = utility.sorted()
        median = sorted[sorted.count / 2]
    }

    /// 0 for the best that half of the seeds can find, 1 for the median arm.
    func regret(_ arm: Int) -> Double { (best - utility[arm]) / (best - median) }

    /// With the largest utility in the place of the cross-fitted one: luck makes it larger than any arm deserves.
    func regretAgainstLargest(_ arm: Int) -> Double {
        let largest = utility[Self.leader(utility)]
        return (largest - utility[arm]) / (largest - median)
    }

    static func leader(_ utility: [Double]) -> Int { utility.indices.max { utility[$0] < utility[$1] }! }
}

/// Utilities of all arms by any of the seeds of a table.
protocol Yardstick: Sendable {
    func utility(seeds: Range<Int>) -> [Double]
}

/// U = E[q] - lambda log2(T / T_min): normal scores of a pool to which every arm gave as many values, and the lambda of
/// the variance within its arms.
struct PriceYardstick: Yardstick {
    private let scores: [[Double]]
    private let offsets: [Double]
    /// s^2, the variance between seeds within arms.
    let seedVariance: Double
    /// What the scores are ranks among, rising.
    let pool: [Double]

    /// - Parameter values: of every arm, as many each.
    init(_ space: ArmSpace, values: [[Double]], goal: Goal) {
        var scored = NormalScores()
        scored.add(values.flatMap(\.self))
        scored.rank()
        let seeds = values[0].count
        let scores = values.indices.map { Array(scored.scores[$0 * seeds..<($0 + 1) * seeds]) }
        let squares = scores.reduce(0) { sum, own in
            let mean = own.reduce(0, +) / Double(seeds)
            return sum + own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        let variance = squares / Double(values.count * (seeds - 1))
        self.scores = scores
        seedVariance = variance
        pool = values.flatMap(\.self).sorted()
        offsets = (0..<space.count).map {
            goal.offset(level: space[$0].level, budget: space[$0].budget, seedDeviation: variance.squareRoot())
                ?? -.infinity
        }
    }

    func utility(seeds: Range<Int>) -> [Double] {
        zip(scores, offsets).map { own, offset in own[seeds].reduce(0, +) / Double(seeds.count) + offset }
    }
}

/// What the best of floor(B / T) runs is worth, without a pool of single runs: U = E[q(Y)] with Y the arm's best of
/// restarts and q the normal score of Y among the same of all arms, every arm weighing the same.
///
/// The law of Y puts ((n - i + 1) / n)^K - ((n - i) / n)^K on the i-th smallest of n values, K = floor(B / T).
struct TotalYardstick: Yardstick {
    private let values: [[Double]]
    private let runs: [Int]
    /// Less than this of an arm's law is left out.
    private static let least = 1e-6

    init(_ space: ArmSpace, values: [[Double]], goal: Goal) {
        guard case .total(let total) = goal else { preconditionFailure("no total: \(goal)") }
        self.values = values
        runs = (0..<space.count).map { total / space[$0].budget }
    }

    func utility(seeds: Range<Int>) -> [Double] {
        let laws = zip(values, runs).map { Self.law(of: $1, among: $0[seeds].sorted()) }
        var pool = NormalScores()
        pool.add(laws.flatMap { $0.map(\.value) })
        pool.rank(weights: laws.flatMap { $0.map(\.weight) })
        var start = 0
        return laws.map { law in
            defer { start += law.count }
            return zip(law, pool.scores[start...]).reduce(0) { $0 + $1.0.weight * $1.1 }
        }
    }

    private static func law(of runs: Int, among sorted: [Double]) -> [(value: Double, weight: Double)] {
        let n = Double(sorted.count)
        let atLeast = (0...sorted.count).map { pow(Double(sorted.count - $0) / n, Double(runs)) }
        return sorted.indices.map { (sorted[$0], atLeast[$0] - atLeast[$0 + 1]) }.filter { $0.weight > least }
    }
}
