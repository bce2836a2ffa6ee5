import Inner
import Ledger
import Outer
import Problems
import Report

/// What `run` is asked to do.
struct SearchPlan: Sendable {
    /// The study whose settings these are; nil if they were given by hand.
    let study: String?
    let problem: ProblemManifest
    let configuration: Configuration
    let budget: Int
    /// Where a noisy problem's best point is evaluated again: as in the study, or at the end alone.
    let grid: CheckpointGrid
    let restarts: Int
}

/// Runs independent searches at one setting, records each, and keeps the best.
struct SingleSearch: Sendable {
    let plan: SearchPlan
    let seed: UInt64
    let workers: Int
    let outages: OutageOptions
    let ledger: Ledger

    /// - Returns: the searches that finished, and whether they were cancelled before all had.
    func run() async throws -> (summary: RunSummary, wasInterrupted: Bool) {
        switch try plan.problem.make() {
        case .pure(let problem):
            return try await searches(optimum: problem.optimum) { family, stream in
                Inner.run(family, on: problem, budget: plan.budget, checkpoints: plan.grid, stream: stream)
            }
        case .external(var problem):
            problem.outageRule = outages.rule(hasAnswered: false)
            return try await problem.withEvaluator(workers: workers) { [problem] evaluator in
                let outcome = try await searches(optimum: nil) { family, stream in
                    await Inner.run(
                        family, on: problem, through: evaluator, budget: plan.budget, checkpoints: plan.grid,
                        stream: stream, retests: true)
                }
                if let outage = await evaluator.outage { throw outage }
                return outcome
            }
        }
    }

    private func searches(
        optimum: Double?, _ search: (any SearchFamily, RandomStream) async -> SearchResult
    ) async throws -> (summary: RunSummary, wasInterrupted: Bool) {
        let family = try plan.configuration.searchFamily()
        let record = RunRecord(
            study: plan.study, problem: plan.problem, configuration: plan.configuration, seed: seed, budget: plan.budget
        )
        let clock = ContinuousClock()
        var summary = RunSummary(
            study: plan.study, problem: plan.problem.label, optimum: optimum, configuration: plan.configuration,
            budget: plan.budget, seed: seed)
        for restart in 0..<plan.restarts {
            let start = clock.now
            // A stream of its own: never one of the searches that a study with this seed has made.
            let result = await search(family, RandomStream(seed: seed).split(.run, restart))
            guard result.end != .cancelled else { return (summary, true) }
            guard result.end != .objectiveFails else { return (summary, false) }
            let seconds = (clock.now - start) / .seconds(1)
            try ledger.record(record, result: result, seconds: seconds)
            summary.add(result, seconds: seconds)
        }
        return (summary, false)
    }
}
