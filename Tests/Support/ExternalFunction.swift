import Inner

/// A problem outside the search's task: a closure that answers with whole evaluations, after a wait if there is one.
public struct ExternalFunction: ExternalProblem, ExternalEvaluator {
    public typealias Answer = @Sendable (_ point: [Double], _ seed: UInt64) async -> Evaluation

    public let name = "external function"
    public let box: Box
    public let isNoisy: Bool
    private let answer: Answer

    public init(box: Box, isNoisy: Bool = false, answer: @escaping Answer) {
        self.box = box
        self.isNoisy = isNoisy
        self.answer = answer
    }

    /// The same values as a problem of this process.
    public init(_ problem: FunctionProblem) {
        self.init(box: problem.box, isNoisy: problem.isNoisy) { Evaluation(value: problem.value($0, $1)) }
    }

    public func start(workers: Int) async throws -> any ExternalEvaluator { self }

    public func evaluate(_ points: [[Double]], seeds: [UInt64]) async -> [Evaluation] {
        var evaluations: [Evaluation] = []
        for (point, seed) in zip(points, seeds) { evaluations.append(await answer(point, seed)) }
        return evaluations
    }

    public func stop() async {}
}
