import Inner
import RealModule

/// How long it takes to reach a target by restarting, as stored searches have it:
///
///     ERT = sum_i min(tau_i, T) / successes
///
/// tau_i is the first checkpoint at which search i is there.
/// - SeeAlso: Hansen et al. (2021), COCO, doi:10.1080/10556788.2020.1808977, section 6 (expected runtime).
public struct RunningTime: Sendable, Equatable, Codable {
    public let searches: Int
    public let successes: Int
    /// ERT; nil if no search has reached the target.
    public let evaluations: Double?

    /// - Parameters:
    ///   - traces: of searches that went to `budget` or beyond.
    ///   - budget: T
    public init(_ traces: [Trace], target: Double, budget: Int) {
        let times = traces.map { trace in
            trace.checkpoints.first { $0.evaluations <= budget && $0.best <= target }?.evaluations
        }
        searches = traces.count
        successes = times.count { $0 != nil }
        let spent = times.reduce(0) { $0 + ($1 ?? budget) }
        evaluations = successes > 0 ? Double(spent) / Double(successes) : nil
    }
}

/// What a target makes of the mean scores q_j of a configuration at budgets T_j = 2^j T_0:
///
///     F_j = Phi((q_j - z) / s)                                                 a run of T_j has reached it
///     E_j = 1 - F_0 / 2 + sum over i < j of 2^i (1 - (F_i + F_(i+1)) / 2)        what one spends, over T_0
///     U_j = -log2(E_j / F_j) - 0.02 j = -log2(ERT / T_0) - 0.02 j
///
/// for runs that end once they are there and begin anew if they are not by T_j. z is the target's score, s the standard
/// deviation between seeds; within an octave the time of success is uniform. A longer run has always reached what its
/// beginning has, so F is made to rise. Once all runs succeed, a larger budget changes nothing: 0.02 an octave lets the
/// least of such budgets win.
package struct RunningTimeUtility: Sendable {
    let threshold: Double
    let seedDeviation: Double

    /// Beyond it a target is out of reach, and all budgets are alike.
    private static let leastProbability = 1e-12
    private static let reserve = 0.02

    package init(threshold: Double, seedDeviation: Double) {
        self.threshold = threshold
        self.seedDeviation = seedDeviation
    }

    /// U_j of the scores q_j.
    package func callAsFunction(_ scores: some Sequence<Double>) -> [Double] {
        Self.utilities(
            reached: scores.lazy.map { 0.5 * Double.erfc((threshold - $0) / seedDeviation / 2.0.squareRoot()) })
    }

    /// U_j of the shares F_j of runs that have reached the target.
    static func utilities(reached shares: some Sequence<Double>) -> [Double] {
        var utilities: [Double] = []
        var (reached, spent, octave) = (0.0, 0.0, 0.5)
        for share in shares {
            let now = max(reached, share, Self.leastProbability)
            // Before the least budget: nothing is reached at first, F_0 at its end.
            spent += utilities.isEmpty ? 1 - 0.5 * now : octave * (1 - 0.5 * (reached + now))
            (reached, octave) = (now, 2 * octave)
            utilities.append(-Double.log2(spent / now) - Self.reserve * Double(utilities.count))
        }
        return utilities
    }
}
