/// Why a search ended.
public enum SearchEnd: String, Sendable, Codable {
    /// The budget is spent.
    case budget
    /// The task was cancelled: the result is to be discarded.
    case cancelled
    /// `SearchResult.patience` evaluations or more, and not one answer.
    case objectiveFails
}

/// What one search leaves behind.
public struct SearchResult: Sendable, Equatable {
    public let trace: Trace
    /// The best point and the value it was recorded with; nil if no evaluation had a value.
    public let best: Best?
    /// Evaluations spent, re-evaluations included.
    public let evaluations: Int
    /// Evaluations that had no value, and the evidence of the first.
    public let failures: Int
    public let firstFailure: Evaluation?
    public let end: SearchEnd

    /// Evaluations without one answer after which an objective is taken to fail always.
    public static let patience = 20

    /// True if at least one evaluation was answered, be it with a value that is none.
    public var isAnswered: Bool { best != nil || (firstFailure?.outcome ?? .undefined) == .undefined }

    public init(
        trace: Trace, best: Best?, evaluations: Int, failures: Int, firstFailure: Evaluation?, end: SearchEnd
    ) {
        self.trace = trace
        self.best = best
        self.evaluations = evaluations
        self.failures = failures
        self.firstFailure = firstFailure
        self.end = end
    }

    public struct Best: Sendable, Equatable, Codable {
        public let point: [Double]
        public let value: Double

        public init(point: [Double], value: Double) {
            self.point = point
            self.value = value
        }
    }
}
