/// Runs one search on a problem of this process: synchronous, and without allocation inside its loop.
///
/// - Parameters:
///   - budget: evaluations to spend, at least one.
///   - grid: where the trace is written; its end is always written too.
///   - stream: the chance of this search; equal streams give equal results.
///   - improvements: whether every improvement is kept, besides the checkpoints.
/// - Returns: the result, with `end == .cancelled` if the surrounding task was cancelled.
public func run(
    _ family: some SearchFamily, on problem: some PureProblem, budget: Int,
    checkpoints grid: CheckpointGrid = CheckpointGrid(first: 1), stream: RandomStream, improvements: Bool = false
) -> SearchResult {
    var objective = problem.makeObjective()
    var session = SearchSession(
        family, on: problem, budget: budget, grid: grid, stream: stream, improvements: improvements)
    while session.advance() {
        session.evaluate(on: &objective)
        session.absorb()
        if Task.isCancelled { return session.result(end: .cancelled) }
    }
    return session.result(end: .budget)
}

/// Runs one search on a problem outside this process: the same bookkeeping, awaited.
///
/// - Parameter retests: evaluate one point twice, early on, to see whether it has one value; charged, and only for a
///   problem that is not known to be noisy.
/// - Returns: the result, with `end == .objectiveFails` once the evaluator reports an outage.
public func run(
    _ family: some SearchFamily, on problem: some ExternalProblem, through evaluator: any ExternalEvaluator,
    budget: Int, checkpoints grid: CheckpointGrid = CheckpointGrid(first: 1), stream: RandomStream,
    retests: Bool = false, improvements: Bool = false
) async -> SearchResult {
    var session = SearchSession(
        family, on: problem, budget: budget, grid: grid, stream: stream, retries: problem.retries, retests: retests,
        improvements: improvements)
    while session.advance() {
        let request = session.request()
        let evaluations = await evaluator.evaluate(request.points, seeds: request.seeds, singly: request.singly)
        if Task.isCancelled { return session.result(end: .cancelled) }
        if await evaluator.outage != nil { return session.result(end: .objectiveFails) }
        session.store(evaluations)
        session.absorb()
    }
    return session.result(end: .budget)
}
