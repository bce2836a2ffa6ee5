import Foundation
import Inner
import Ledger
import Outer
import Problems
import Report
import Strategies

/// Makes the searches of a comparison that are not recorded yet, block by block, so that a look in between is a fair one.
struct ComparisonRun: Sendable {
    let comparison: ComparisonRecord
    let ledger: Ledger
    let workers: Int
    let deadline: Deadline?
    let outages: OutageOptions
    let meter: ComparisonMeter

    /// Learns what is to be learned, and makes all searches.
    ///
    /// - Returns: why it stopped before the end; nil if all searches are made.
    /// - Throws: `LedgerError` if a search cannot be recorded, `Outage` if an objective is out of reach.
    func run() async throws -> StopReason? {
        var learned: [[ComparisonLesson]]?
        if comparison.spec.learning != nil {
            switch try await LearnedSettings.learn(self) {
            case .learned(let lessons): learned = lessons
            case .stopped(let reason): return reason
            }
        }
        let done = Set(try ledger.searches(of: comparison).map(\.place))
        let all = try ComparisonPlan(comparison.spec, learned).searches
        let missing = all.filter { !done.contains($0.place) }
        meter.begin(
            done: all.count - missing.count, of: all.count, evaluations: missing.reduce(0) { $0 + $1.place.budget })
        guard !missing.isEmpty else { return nil }
        return try await withEvaluators { try await make(missing, $0) }
    }

    private func make(_ searches: [ComparisonPlan.Search], _ evaluators: [Int: any ExternalEvaluator]) async throws
        -> StopReason?
    {
        try await withThrowingTaskGroup(of: (ComparisonPlan.Search, SearchResult, Double).self) { group in
            var (next, running) = (0, 0)
            var reason: StopReason?
            while true {
                while reason == nil, running < workers, next < searches.count {
                    reason = Task.isCancelled ? .interrupted : deadline?.isLaunchOver == true ? .time : nil
                    guard reason == nil else { break }
                    let search = searches[next]
                    group.addTask {
                        let start = ContinuousClock.now
                        let result = try await result(of: search, evaluators[search.place.problem])
                        return (search, result, (.now - start) / .seconds(1))
                    }
                    (next, running) = (next + 1, running + 1)
                }
                guard running > 0, let (search, result, seconds) = try await group.next() else { break }
                running -= 1
                switch result.end {
                case .cancelled: reason = .interrupted
                case .objectiveFails:
                    if let outage = await evaluators[search.place.problem]?.outage { throw outage }
                    reason = .objectiveFails
                case .budget:
                    try await ledger.record(
                        ComparedSearch(search.place, search.configuration, result, seconds: seconds), of: comparison)
                    meter.searched(evaluations: result.evaluations)
                }
            }
            return reason
        }
    }

    private func result(of search: ComparisonPlan.Search, _ evaluator: (any ExternalEvaluator)?) async throws
        -> SearchResult
    {
        let (place, spec) = (search.place, comparison.spec)
        let family = try search.configuration.searchFamily()
        let stream = spec.stream(problem: place.problem, block: place.block)
        let manifest = spec.problems[place.problem].manifest(block: place.block)
        // Where a noisy problem's best point is evaluated again.
        let grid = CheckpointGrid(first: min(place.budget, ArmSpace.defaultFloor(dimension: manifest.dimension)))
        switch try manifest.make() {
        case .pure(let problem):
            return Inner.run(
                family, on: problem, budget: place.budget, checkpoints: grid, stream: stream, improvements: true)
        case .external(let problem):
            guard let evaluator else { preconditionFailure("nothing evaluates problem \(place.problem)") }
            return await Inner.run(
                family, on: problem, through: evaluator, budget: place.budget, checkpoints: grid, stream: stream,
                improvements: true)
        }
    }

    /// Starts the commands among the problems, works with them, and ends them.
    private func withEvaluators<Value: Sendable>(
        _ work: @Sendable ([Int: any ExternalEvaluator]) async throws -> Value
    ) async throws -> Value {
        let commands: [(Int, CommandProblem)] = try comparison.spec.problems.enumerated().compactMap { index, problem in
            guard case .external(var command) = try problem.manifest.make() else { return nil }
            command.outageRule = outages.rule(hasAnswered: false)
            return (index, command)
        }
        guard let (index, command) = commands.first else { return try await work([:]) }
        precondition(commands.count == 1, "a comparison has one command at most")
        return try await Evaluators(workers: workers).with(command) { try await work([index: $0]) }
    }
}
