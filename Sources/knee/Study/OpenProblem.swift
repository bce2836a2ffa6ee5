import Inner
import Ledger
import Outer
import Problems

/// A study's problem, ready to be searched: by learning, and by the fresh searches after it.
struct OpenProblem: Sendable {
    let launch: Launch
    let optimum: Double?
    /// One search of any family: evaluations it may spend, and its chance.
    let search: @Sendable (any SearchFamily, Int, RandomStream) async -> SearchResult
    /// Single points, with the chance of their evaluations.
    let evaluate: @Sendable ([[Double]], RandomStream) async -> [Evaluation]
    private var evaluator: (any ExternalEvaluator)?

    /// Why nothing is evaluated any more, if the objective is out of reach.
    var outage: Outage? { get async { await evaluator?.outage } }

    /// Opens the problem of a study, works with it, and closes it.
    ///
    /// - Throws: what `work` throws, and `ExternalError` if a command cannot be started.
    static func with<Value: Sendable>(
        _ study: StudyRecord, _ evaluators: Evaluators, _ rule: OutageRule,
        _ work: @Sendable (OpenProblem) async throws -> Value
    ) async throws -> Value {
        switch try study.problem.make() {
        case .pure(let problem):
            return try await work(OpenProblem(problem))
        case .external(var problem):
            problem.outageRule = rule
            let first = study.spec.searchStream(pull: 0)
            return try await evaluators.with(problem) { [problem] evaluator in
                let launch = launcher(for: problem, through: evaluator, first: first)
                return try await work(OpenProblem(problem, evaluator, launch))
            }
        }
    }
}

extension OpenProblem {
    private init(_ problem: some PureProblem) {
        launch = launcher(for: problem)
        optimum = problem.optimum
        search = { family, budget, stream in
            run(family, on: problem, budget: budget, checkpoints: CheckpointGrid(first: budget), stream: stream)
        }
        evaluate = { points, stream in
            let seeds = EvaluationSeeds(stream, first: 0)
            return points.map { Evaluation(value: problem.value(at: $0, seeds: seeds)) }
        }
    }

    private init(_ problem: CommandProblem, _ evaluator: any ExternalEvaluator, _ launch: @escaping Launch) {
        self.launch = launch
        optimum = nil
        self.evaluator = evaluator
        search = { family, budget, stream in
            await run(
                family, on: problem, through: evaluator, budget: budget, checkpoints: CheckpointGrid(first: budget),
                stream: stream)
        }
        evaluate = { points, stream in
            let seeds = EvaluationSeeds(stream, first: 0)
            return await evaluator.evaluate(points, seeds: points.indices.map(seeds.seed))
        }
    }
}
