import Inner

/// One launched search with the decision that launched it: a row of the ledger.
public struct Pull: Sendable, Equatable {
    /// From 0, without gaps once a study has ended.
    public let number: Int
    public let decision: Decision
    /// Evaluations the arm was launched with.
    public let budget: Int
    public let result: SearchResult
    /// Wall time; recorded, never part of a digest. A decision sees it only in a study whose price counts seconds.
    public let seconds: Double
    /// Budgets that were open when it was launched; nil for all.
    public let levels: Int?

    public init(
        number: Int, decision: Decision, budget: Int, result: SearchResult, seconds: Double, levels: Int? = nil
    ) {
        self.number = number
        self.decision = decision
        self.budget = budget
        self.result = result
        self.seconds = seconds
        self.levels = levels
    }

    /// What an evaluation took, on average: as measured one by one, or else its share of the whole search.
    public var secondsPerEvaluation: Double {
        (result.evaluationSeconds > 0 ? result.evaluationSeconds : seconds) / Double(max(1, result.evaluations))
    }
}

/// Why a study stopped.
public enum StopReason: String, Sendable, Codable, CaseIterable {
    /// Knowing more would not be worth its price.
    case sure
    /// No arm can be paid for any more.
    case purse
    case pulls
    case time
    /// The user interrupted it; it can be resumed.
    case interrupted
    /// The objective is out of reach; the study can be resumed.
    case objectiveFails

    /// True if there is nothing more to learn, or nothing to learn it with: not if it is to be resumed.
    public var endsLearning: Bool { [.sure, .purse, .pulls].contains(self) }
}
