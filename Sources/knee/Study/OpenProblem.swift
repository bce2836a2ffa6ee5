import Inner
import Ledger
import Outer
import Problems

/// A study's problem, ready to be searched: by learning, and by the fresh searches after it.
struct OpenProblem: Sendable {
    let launch: Launch
    let optimum: Double?
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
            return try await work(OpenProblem(launch: launcher(for: problem), optimum: problem.optimum))
        case .external(var problem):
            problem.outageRule = rule
            let first = study.spec.searchStream(pull: 0)
            return try await evaluators.with(problem) { [problem] evaluator in
                let launch = launcher(for: problem, through: evaluator, first: first)
                return try await work(OpenProblem(launch: launch, optimum: nil, evaluator: evaluator))
            }
        }
    }
}
