/// Why a search ended.
public enum SearchEnd: String, Sendable, Codable {
    /// The budget is spent.
    case budget
    /// The task was cancelled: the result is to be discarded.
    case cancelled
    /// The objective is out of reach: the result is to be discarded.
    case objectiveFails
}

/// What one search leaves behind.
public struct SearchResult: Sendable, Equatable {
    public let trace: Trace
    /// The best point and the value it was recorded with; nil if no evaluation had a value.
    public let best: Best?
    /// Evaluations spent, re-evaluations included.
    public let evaluations: Int
    /// Evaluations that had no value.
    public let failures: Int
    /// What is known of them if they came from outside: the first `evidenceLimit`, in order.
    public let failed: [Failed]
    /// The best point's value and another one of the same point, if that was asked for.
    public let retest: Retest?
    /// Wall time of all evaluations together, one after the other; 0 where nobody measures.
    public let evaluationSeconds: Double
    public let end: SearchEnd
    /// Every improvement of the best value, in order, if that was asked for: when exactly a value was reached. On a noisy
    /// problem, where a single value says little, the trace's checkpoints.
    public let improvements: [Trace.Checkpoint]

    /// Failed evaluations of one search that are kept one by one.
    public static let evidenceLimit = 1000

    public var firstFailure: Evaluation? { failed.first?.evaluation }

    /// True if at least one evaluation was answered, be it with a value that is none.
    public var isAnswered: Bool {
        best != nil || failed.isEmpty || failed.contains { $0.evaluation.isAnswered }
    }

    public init(
        trace: Trace, best: Best?, evaluations: Int, failures: Int = 0, failed: [Failed] = [], retest: Retest? = nil,
        evaluationSeconds: Double = 0, end: SearchEnd = .budget, improvements: [Trace.Checkpoint] = []
    ) {
        self.trace = trace
        self.best = best
        self.evaluations = evaluations
        self.failures = failures
        self.failed = failed
        self.retest = retest
        self.evaluationSeconds = evaluationSeconds
        self.end = end
        self.improvements = improvements
    }

    /// An evaluation from outside that had no value.
    public struct Failed: Sendable, Equatable {
        /// Its number within the search, from 0.
        public let number: Int
        public let point: [Double]
        public let evaluation: Evaluation

        public init(number: Int, point: [Double], evaluation: Evaluation) {
            self.number = number
            self.point = point
            self.evaluation = evaluation
        }
    }

    /// Two values of one point.
    public struct Retest: Sendable, Equatable, Codable {
        public let first: Double
        public let second: Double

        public init(first: Double, second: Double) {
            self.first = first
            self.second = second
        }

        public var isSame: Bool { first == second }
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
