import Inner
import Synchronization

/// A problem outside the search's task: a closure that answers with whole evaluations, after a wait if there is one.
public struct ExternalFunction: ExternalProblem, ExternalEvaluator {
    public typealias Answer = @Sendable (_ point: [Double], _ seed: UInt64) async -> Evaluation

    public let name = "external function"
    public let box: Box
    public let isNoisy: Bool
    public let retries: Int
    private let answer: Answer
    private let watch: Watch

    public init(
        box: Box, isNoisy: Bool = false, retries: Int = 0, rule: OutageRule = OutageRule(), answer: @escaping Answer
    ) {
        self.box = box
        self.isNoisy = isNoisy
        self.retries = retries
        self.answer = answer
        watch = Watch(rule)
    }

    /// The same values as a problem of this process.
    public init(_ problem: FunctionProblem) {
        self.init(box: problem.box, isNoisy: problem.isNoisy) { Evaluation(value: problem.value($0, $1)) }
    }

    public func start(workers: Int) async throws -> any ExternalEvaluator { self }

    public func evaluate(_ points: [[Double]], seeds: [UInt64], singly: Bool) async -> [Evaluation] {
        var evaluations: [Evaluation] = []
        for (point, seed) in zip(points, seeds) {
            evaluations.append(await answer(point, seed))
            watch.note(evaluations[evaluations.count - 1])
        }
        return evaluations
    }

    public var outage: Outage? { watch.state.withLock(\.outage) }

    private final class Watch: Sendable {
        let state: Mutex<(count: OutageCount, outage: Outage?)>

        init(_ rule: OutageRule) { state = Mutex((OutageCount(rule), nil)) }

        func note(_ answer: Evaluation) {
            state.withLock {
                guard $0.count.note([answer]), $0.outage == nil else { return }
                $0.outage = Outage(answer, requests: $0.count.requests, byHand: nil)
            }
        }
    }

    public func stop() async {}
}
