import Inner
import Synchronization

/// Points that wait for a worker, first come, first served: one queue for all searches, so that no worker idles while a point waits.
actor RequestQueue {
    private var requests: [Request] = []
    private var head = 0
    private var waiting: [CheckedContinuation<Request?, Never>] = []
    private var isClosed = false

    /// Adds a request; answers it at once if the queue is closed.
    func submit(_ request: Request) {
        if isClosed {
            request.fail(.failed, "the evaluator was stopped")
        } else if waiting.isEmpty {
            requests.append(request)
        } else {
            waiting.removeFirst().resume(returning: request)
        }
    }

    /// The next request; nil once the queue is closed.
    func next() async -> Request? {
        if isClosed { return nil }
        if head < requests.count {
            defer {
                head += 1
                if head == requests.count { (requests, head) = ([], 0) }
            }
            return requests[head]
        }
        return await withCheckedContinuation { waiting.append($0) }
    }

    /// Ends the queue: waiting workers get nil, waiting requests an answer.
    func close() {
        isClosed = true
        for worker in waiting { worker.resume(returning: nil) }
        for request in requests[head...] { request.fail(.failed, "the evaluator was stopped") }
        (waiting, requests, head) = ([], [], 0)
    }
}

/// A few points that one worker evaluates together, and where their answers go. Answered exactly once.
final class Request: Sendable {
    let points: [[Double]]
    let seeds: [UInt64]
    private let continuation: Mutex<CheckedContinuation<[Evaluation], Never>?>

    init(points: [[Double]], seeds: [UInt64], _ continuation: CheckedContinuation<[Evaluation], Never>) {
        self.points = points
        self.seeds = seeds
        self.continuation = Mutex(continuation)
    }

    /// One evaluation a point; only the first answer counts.
    func answer(_ evaluations: [Evaluation]) {
        precondition(evaluations.count == points.count, "\(evaluations.count) answers to \(points.count) points")
        let continuation = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        continuation?.resume(returning: evaluations)
    }

    /// The same outcome for every point.
    func fail(_ outcome: Outcome, _ evidence: String) {
        answer(points.map { _ in Evaluation(outcome, evidence: evidence) })
    }
}
