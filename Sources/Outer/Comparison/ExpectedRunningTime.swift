import Inner

/// How many evaluations a success takes if every run that has not reached the target by its end is followed by another:
///
///     ERT = (evaluations until the target of runs that reached it + all evaluations of those that did not) / successes
///
/// - SeeAlso: Price (1997), Differential evolution vs. the functions of the 2nd ICEO, doi:10.1109/ICEC.1997.592287;
///   Auger & Hansen (2005), Performance evaluation of an advanced local search evolutionary algorithm,
///   doi:10.1109/CEC.2005.1554903; Hansen et al. (2021), COCO, doi:10.1080/10556788.2020.1808977
public struct ExpectedRunningTime: Sendable, Equatable {
    public let runs: Int
    public let successes: Int
    /// ERT; infinite if no run has reached the target.
    public let evaluations: Double

    /// Successes over runs; 0 if there are no runs.
    public var successRate: Double { runs > 0 ? Double(successes) / Double(runs) : 0 }

    /// - Parameter runs: `hit`, evaluations until the target was reached, nil if it was not; `spent`, all evaluations of the
    ///   run, of which those after the hit do not count.
    public init(_ runs: [(hit: Int?, spent: Int)]) {
        self.runs = runs.count
        successes = runs.count { $0.hit != nil }
        let spent = runs.reduce(0) { $0 + ($1.hit ?? $1.spent) }
        evaluations = successes > 0 ? Double(spent) / Double(successes) : .infinity
    }

    /// - Parameter target: relative to the optimum where that is known, as in `ComparedRun.evaluations(to:)`.
    public init(_ runs: [ComparedRun], target: Double) { self.init(runs.map { $0.outcome(of: target) }) }

    /// A percentile bootstrap interval of the ERT: that of as many runs, drawn with replacement. Its upper end is infinite if
    /// samples without any success are too many to be left out, and both ends are if there was none.
    ///
    /// - Parameters:
    ///   - runs: at least one.
    ///   - level: the probability that the interval is meant to hold the expected value with.
    /// - SeeAlso: Efron & Tibshirani (1993), An Introduction to the Bootstrap, doi:10.1007/978-1-4899-4541-9
    public static func interval(
        _ runs: [(hit: Int?, spent: Int)], level: Double = 0.95, resamples: Int = 2000,
        using stream: inout RandomStream
    ) -> ClosedRange<Double> {
        precondition(!runs.isEmpty, "no runs")
        precondition(0 < level && level < 1 && resamples > 0, "a level of \(level), \(resamples) samples")
        var times: [Double] = []
        for _ in 0..<resamples {
            var (spent, successes) = (0, 0)
            for _ in runs {
                let run = runs[stream.index(below: runs.count)]
                spent += run.hit ?? run.spent
                successes += run.hit == nil ? 0 : 1
            }
            times.append(successes > 0 ? Double(spent) / Double(successes) : .infinity)
        }
        times.sort()
        let tail = Int(((1 - level) / 2 * Double(resamples)).rounded(.down))
        return times[tail]...times[resamples - 1 - tail]
    }
}

extension ComparedRun {
    /// Evaluations until the target, if it was reached, and those of the whole run.
    public func outcome(of target: Double) -> (hit: Int?, spent: Int) { (evaluations(to: target), evaluations) }
}
