/// The last of many evaluations in a row that got no answer.
public struct Outage: Error, Sendable, Equatable, Codable {
    public let outcome: Outcome
    /// What was received instead of a value.
    public let evidence: String
    /// Requests in a row without an answer, that one included.
    public let requests: Int
    /// What was asked, as a command line to run by hand; nil where there is none.
    public let byHand: String?

    public init(_ evaluation: Evaluation, requests: Int, byHand: String?) {
        outcome = evaluation.outcome
        evidence = evaluation.evidence ?? ""
        self.requests = requests
        self.byHand = byHand
    }
}

/// When an objective that does not answer is taken to be out of reach.
///
/// A request counts once, for however many points it asks: a worker that dies fails all of them. An objective that has
/// never answered gets less patience: there is nothing yet that it could lose.
public struct OutageRule: Sendable, Equatable {
    /// Requests in a row without an answer that mean an outage; nil: none ever does, once there was an answer.
    public let requests: Int?
    /// True if an earlier run got an answer.
    public let hasAnswered: Bool

    /// Evaluations, and requests, without any answer after which an objective is taken to fail always.
    static let firstEvaluations = 10
    static let firstRequests = 3

    /// - Precondition: `requests` >= 1.
    public init(after requests: Int? = OutageRule.standard, hasAnswered: Bool = false) {
        precondition(requests ?? 1 >= 1, "an outage is at least 1 request, not \(requests ?? 0)")
        self.requests = requests
        self.hasAnswered = hasAnswered
    }

    public static let standard = 100
}

/// Counts requests in a row without an answer, in the order in which they end.
public struct OutageCount: Sendable {
    private let rule: OutageRule
    private var hasAnswered: Bool
    /// Since the last answer.
    public private(set) var requests = 0
    private var evaluations = 0

    public init(_ rule: OutageRule) {
        self.rule = rule
        hasAnswered = rule.hasAnswered
    }

    /// Counts a request that has ended.
    ///
    /// - Returns: true if it makes an outage.
    public mutating func note(_ answers: [Evaluation]) -> Bool {
        guard !answers.contains(where: \.isAnswered) else {
            (hasAnswered, requests, evaluations) = (true, 0, 0)
            return false
        }
        requests += 1
        evaluations += answers.count
        if let limit = rule.requests, requests >= limit { return true }
        return !hasAnswered && requests >= OutageRule.firstRequests && evaluations >= OutageRule.firstEvaluations
    }
}
