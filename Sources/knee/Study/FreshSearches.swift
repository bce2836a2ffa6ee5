import Inner
import Outer
import Problems

/// Independent searches at one setting, several at a time.
struct FreshSearches: Sendable {
    let problem: ProblemManifest
    let configuration: Configuration
    let budget: Int
    let grid: CheckpointGrid
    let workers: Int
    let outages: OutageOptions

    /// One result a stream, in their order.
    ///
    /// - Throws: `Outage` if the objective is out of reach, `CancellationError` if the task was cancelled, `ExternalError`.
    func run(_ streams: [RandomStream]) async throws -> [SearchResult] {
        let family = try configuration.family()
        switch try problem.make() {
        case .pure(let problem):
            return try await each(streams) { stream in
                Inner.run(family, on: problem, budget: budget, checkpoints: grid, stream: stream)
            }
        case .external(var problem):
            problem.outageRule = outages.rule(hasAnswered: true)
            return try await problem.withEvaluator(workers: workers) { [problem] evaluator in
                let results = try await each(streams) { stream in
                    await Inner.run(
                        family, on: problem, through: evaluator, budget: budget, checkpoints: grid, stream: stream)
                }
                if let outage = await evaluator.outage { throw outage }
                return results
            }
        }
    }

    private func each(
        _ streams: [RandomStream], _ search: @escaping @Sendable (RandomStream) async -> SearchResult
    ) async throws -> [SearchResult] {
        let results = await withTaskGroup(of: (Int, SearchResult).self) { group in
            var results: [SearchResult?] = streams.map { _ in nil }
            for (number, stream) in streams.enumerated() {
                if number >= workers, let (done, result) = await group.next() { results[done] = result }
                group.addTask { (number, await search(stream)) }
            }
            for await (done, result) in group { results[done] = result }
            return results
        }
        try Task.checkCancellation()
        return results.compactMap(\.self)
    }
}
