import Inner

/// Everything that decides a study's results: two studies with equal specs, on the same problem, have equal digests.
public struct StudySpec: Sendable, Hashable, Codable {
    public let space: ArmSpace
    public let goal: Goal
    /// The policy's catalogue name.
    public let policy: String
    public let seed: UInt64
    /// L: decision k sees exactly the results of pulls 0 ... k - L.
    public let lookAhead: Int
    /// Evaluations the study may spend in all; nil if only pulls or time limit it.
    public let purse: Int?
    /// Pulls the study may launch; nil if only purse or time limit it.
    public let maxPulls: Int?

    /// - Precondition: `lookAhead` >= 1.
    public init(
        space: ArmSpace, goal: Goal = .price(1), policy: String = "thompson", seed: UInt64 = 1, lookAhead: Int = 4,
        purse: Int? = nil, maxPulls: Int? = nil
    ) {
        precondition(lookAhead >= 1, "a decision looks ahead at least one pull, not \(lookAhead)")
        self.space = space
        self.goal = goal
        self.policy = policy
        self.seed = seed
        self.lookAhead = lookAhead
        self.purse = purse
        self.maxPulls = maxPulls
    }

    var root: RandomStream { RandomStream(seed: seed) }

    /// The chance of pull `number`'s search.
    public func searchStream(pull number: Int) -> RandomStream { root.split(.search, number) }

    /// The chance of decision `number`.
    public func decisionStream(pull number: Int) -> RandomStream { root.split(.decision, number) }
}
