import Inner

/// Everything that decides a study's results: two studies with equal specs, on the same problem, have equal digests.
///
/// Unless the price counts seconds: times differ from run to run, and decisions with them. Then spec and recorded pulls
/// together decide what comes next.
public struct StudySpec: Sendable, Hashable, Codable {
    public let space: ArmSpace
    public let goal: Goal
    /// What the goal's price counts. Purse, budgets and totals are evaluations all the same.
    public let cost: Cost
    /// The policy's catalogue name.
    public let policy: String
    public let seed: UInt64
    /// L: decision k sees exactly the results of pulls 0 ... k - L.
    public let lookAhead: Int
    /// Evaluations the study may spend in all; nil if only pulls or time limit it.
    public let purse: Int?
    /// Pulls the study may launch; nil if only purse or time limit it.
    public let maxPulls: Int?
    /// Budgets open at first, from the least on. An octave more is opened whenever the study is sure that the knee more
    /// likely than not lies at the largest of them, or has spent half of what it learns with and takes that for almost certain.
    public let levelsAtFirst: Int
    /// Whether the study stops once it is sure, whatever is left of its purse.
    public let stopsWhenSure: Bool
    /// Fresh searches that confirm what was learned, paid for by the purse; 0 for none.
    public let freshSearches: Int
    /// What studies before this one learned, if it begins with that.
    public let warm: WarmPrior?

    /// - Parameter levelsAtFirst: nil for all.
    /// - Precondition: `lookAhead` >= 1, the cost is one that the goal can count, and the space has the budgets.
    public init(
        space: ArmSpace, goal: Goal = .price(1), cost: Cost = .evaluations, policy: String = "thompson",
        seed: UInt64 = 1, lookAhead: Int = 4, purse: Int? = nil, maxPulls: Int? = nil,
        levelsAtFirst: Int? = nil, stopsWhenSure: Bool = false, freshSearches: Int = 0, warm: WarmPrior? = nil
    ) {
        precondition(lookAhead >= 1, "a decision looks ahead at least one pull, not \(lookAhead)")
        precondition(goal.canCount(cost), "\(goal) does not count \(cost)")
        let levels = levelsAtFirst ?? space.levels
        precondition((1...space.levels).contains(levels), "\(levels) of \(space.levels) budgets open at first")
        precondition(freshSearches >= 0, "\(freshSearches) fresh searches")
        self.space = space
        self.goal = goal
        self.cost = cost
        self.policy = policy
        self.seed = seed
        self.lookAhead = lookAhead
        self.purse = purse
        self.maxPulls = maxPulls
        self.levelsAtFirst = levels
        self.stopsWhenSure = stopsWhenSure
        self.freshSearches = freshSearches
        self.warm = warm
    }

    /// The same with other limits.
    public func limited(purse: Int?, maxPulls: Int?) -> StudySpec {
        StudySpec(
            space: space, goal: goal, cost: cost, policy: policy, seed: seed, lookAhead: lookAhead, purse: purse,
            maxPulls: maxPulls, levelsAtFirst: levelsAtFirst, stopsWhenSure: stopsWhenSure,
            freshSearches: freshSearches, warm: warm)
    }

    /// Evaluations that learning may spend: of the purse, a fifth is kept for fresh searches, if there can be any and a search is
    /// left to learn from.
    public var learningPurse: Int? {
        purse.map { purse in
            guard freshSearches > 0, space.levels > 1 else { return purse }
            return max(purse - purse / Self.freshShare, min(purse, space.floor))
        }
    }

    static let freshShare = 5

    /// Budgets open after these pulls.
    func levels(after pulls: [Pull]) -> Int { max(levelsAtFirst, pulls.map { $0.levels ?? space.levels }.max() ?? 0) }

    var root: RandomStream { RandomStream(seed: seed) }

    /// The chance of pull `number`'s search.
    public func searchStream(pull number: Int) -> RandomStream { root.split(.search, number) }

    /// The chance of fresh search `number` that confirms what was learned.
    public func confirmationStream(_ number: Int) -> RandomStream { root.split(.confirmation, number) }

    /// Of whoever draws at random while mixtures are tested: the same for all.
    public var testSeed: UInt64 {
        var chance = root.split(.baseline)
        return chance.next() >> 33
    }

    /// The chance of decision `number`.
    public func decisionStream(pull number: Int) -> RandomStream { root.split(.decision, number) }
}

extension StudySpec {
    /// A specification from before there was a cost counts evaluations; one from before studies could stop, confirm and open
    /// budgets of themselves does none of it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        space = try container.decode(ArmSpace.self, forKey: .space)
        goal = try container.decode(Goal.self, forKey: .goal)
        cost = try container.decodeIfPresent(Cost.self, forKey: .cost) ?? .evaluations
        policy = try container.decode(String.self, forKey: .policy)
        seed = try container.decode(UInt64.self, forKey: .seed)
        lookAhead = try container.decode(Int.self, forKey: .lookAhead)
        purse = try container.decodeIfPresent(Int.self, forKey: .purse)
        maxPulls = try container.decodeIfPresent(Int.self, forKey: .maxPulls)
        levelsAtFirst = try container.decodeIfPresent(Int.self, forKey: .levelsAtFirst) ?? space.levels
        stopsWhenSure = try container.decodeIfPresent(Bool.self, forKey: .stopsWhenSure) ?? false
        freshSearches = try container.decodeIfPresent(Int.self, forKey: .freshSearches) ?? 0
        warm = try container.decodeIfPresent(WarmPrior.self, forKey: .warm)
        guard levelsAtFirst >= 1, levelsAtFirst <= space.levels, freshSearches >= 0 else {
            throw DecodingError.dataCorruptedError(
                forKey: .levelsAtFirst, in: container, debugDescription: "\(levelsAtFirst) budgets are open at first")
        }
        guard goal.canCount(cost) else {
            throw DecodingError.dataCorruptedError(
                forKey: .cost, in: container, debugDescription: "a total counts evaluations, not \(cost.rawValue)")
        }
    }
}
