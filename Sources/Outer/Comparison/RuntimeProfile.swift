import Inner
import RealModule

/// What share of all pairs of a run and a target is reached within so many evaluations: the empirical cumulative distribution
/// of running times. Pairs that are never reached count.
///
/// - SeeAlso: Hansen et al. (2021), COCO, doi:10.1080/10556788.2020.1808977; Hansen, Auger, Brockhoff, Tusar & Tusar (2016), COCO:
///   Performance Assessment, arXiv:1605.03560; More & Wild (2009), doi:10.1137/080724083
public struct RuntimeProfile: Sendable, Equatable {
    /// Of evaluations until a target.
    public let times: EmpiricalDistribution

    /// - Parameters:
    ///   - runs: usually those of one family.
    ///   - targets: of every problem, by its number; see `Targets`.
    /// - Complexity: O(n log n) for n pairs, and a run's improvements for each of its targets.
    public init(_ runs: [ComparedRun], targets: [[Double]]) {
        times = EmpiricalDistribution(
            runs.flatMap { run in
                targets[run.problem].map { target in run.evaluations(to: target).map(Double.init) ?? .infinity }
            })
    }

    /// All targets between two precisions, evenly spread over their logarithm, instead of a list: every run weighs the same, and
    /// an improvement from a to b counts by the part of log(hardest) ... log(easiest) that lies between log b and log a.
    ///
    /// - Parameter runs: on problems whose optimum is known.
    /// - SeeAlso: Lopez-Ibanez, Vermetten, Dreo & Doerr (2025), Using the Empirical Attainment Function for Analyzing
    ///   Single-objective Black-box Optimization Algorithms, doi:10.1109/TEVC.2024.3462758
    public init(_ runs: [ComparedRun], from easiest: Double, to hardest: Double) {
        precondition(0 < hardest && hardest < easiest, "no targets from \(easiest) to \(hardest)")
        precondition(runs.allSatisfy { $0.optimum != nil }, "the optimum of a problem is unknown")
        let range = Double.log10(easiest) - Double.log10(hardest)
        var gains: [(value: Double, weight: Double)] = []
        for run in runs {
            var reached = 0.0
            for record in run.records {
                let precision = min(easiest, max(hardest, record.best))
                let share = precision == hardest ? 1 : (Double.log10(easiest) - Double.log10(precision)) / range
                gains.append((Double(record.evaluations), share - reached))
                reached = share
            }
        }
        times = EmpiricalDistribution(gains, total: Double(runs.count))
    }

    /// With restarts: for every problem and target the running times of `SimulatedRestarts`, in place of those of single runs.
    ///
    /// - Parameters:
    ///   - runs: of one family; those of one problem restart each other, whatever their instance.
    ///   - samplesPerRun: simulated running times for every run and target.
    public init(
        restarting runs: [ComparedRun], targets: [[Double]], samplesPerRun: Int = 20, stream: RandomStream
    ) {
        var all: [Double] = []
        for problem in Set(runs.map(\.problem)).sorted() {
            let own = runs.filter { $0.problem == problem }
            for (index, target) in targets[problem].enumerated() {
                var chance = stream.split(.comparison, problem, index)
                let outcomes = own.map { $0.outcome(of: target) }
                all += SimulatedRestarts(outcomes, samplesPerRun: samplesPerRun, using: &chance).evaluations
            }
        }
        times = EmpiricalDistribution(all)
    }

    /// In 0 ... 1.
    public func share(within evaluations: Int) -> Double { times.share(within: Double(evaluations)) }

    /// The area under the curve over log10 of the evaluations, from the first evaluation to the last of `evaluations`, as a
    /// share of what it could be: 1 if all targets are reached at once.
    public func area(within evaluations: Int) -> Double { times.logarithmicArea(from: 1, to: Double(evaluations)) }
}
