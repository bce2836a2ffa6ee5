import Inner

/// Fresh searches at a learned arm: from the least budget to twice the learned one, as far as the ceiling allows. If the
/// knee is not below their end, `longer` ones tell more.
public struct ConfirmationPlan: Sendable, Equatable {
    public let arm: Arm
    /// Budgets that are told apart, rising; every search runs to the last.
    public private(set) var budgets: [Int]
    public private(set) var searches: Int

    /// Evaluations of one search.
    public var budget: Int { budgets[budgets.count - 1] }

    /// Why nothing can be confirmed.
    public enum Obstacle: Error, Equatable {
        /// What a search does depends on how long it will be, so a longer one says nothing about a shorter.
        case horizonBound(inertia: String)
        /// There is no other budget to compare with.
        case singleBudget
        /// The purse has this many evaluations left, too few for three searches of so many.
        case purse(left: Int, search: Int)
    }

    /// - Throws: `Obstacle`.
    public init(_ arm: Arm, of space: ArmSpace, searches: Int) throws(Obstacle) {
        precondition(searches >= KneeConfirmation.leastSearches, "\(searches) searches confirm nothing")
        let isBound = (try? arm.configuration.searchFamily().isHorizonBound) ?? true
        guard !isBound else { throw .horizonBound(inertia: arm.configuration.inertiaLabel) }
        guard space.levels > 1 else { throw .singleBudget }
        self.arm = arm
        self.searches = searches
        budgets = (0...min(arm.level + 1, space.levels - 1)).map(space.budget)
    }

    /// A plan by its parts, as they were recorded; nil if no plan has them.
    public init?(_ arm: Arm, budgets: [Int], searches: Int, of space: ArmSpace) {
        guard searches >= KneeConfirmation.leastSearches, (2...space.levels).contains(budgets.count),
            budgets == (0..<budgets.count).map(space.budget), (0..<space.count).contains(arm.index),
            arm == space[arm.index]
        else { return nil }
        (self.arm, self.budgets, self.searches) = (arm, budgets, searches)
    }

    /// The same searches to twice the budget; nil if that is above the ceiling.
    public func longer(in space: ArmSpace) -> ConfirmationPlan? {
        guard budgets.count < space.levels else { return nil }
        var plan = self
        plan.budgets.append(space.budget(level: budgets.count))
        return plan
    }

    /// As many of them as can be paid for.
    ///
    /// - Parameters:
    ///   - left: evaluations that may be spent.
    ///   - done: searches that are already made.
    /// - Throws: `Obstacle.purse` if that is fewer than `KneeConfirmation.leastSearches`.
    public func limited(to left: Int, done: Int) throws(Obstacle) -> ConfirmationPlan {
        var plan = self
        plan.searches = min(searches, done + max(0, left) / budget)
        guard plan.searches >= KneeConfirmation.leastSearches else { throw .purse(left: max(0, left), search: budget) }
        return plan
    }
}

extension StudySpec {
    /// Evaluations that fresh searches may spend; without a purse, a quarter of what learning has spent.
    ///
    /// - Parameters:
    ///   - learning: evaluations of the pulls.
    ///   - fresh: evaluations of the fresh searches so far.
    public func leftToConfirm(learning: Int, fresh: Int) -> Int {
        // Searches that more may be asked for leave the others their share.
        let kept = maxPulls == nil ? learning : max(learning, learningPurse ?? 0)
        return (purse.map { $0 - kept } ?? learning / (Self.freshShare - 1)) - fresh
    }
}

/// One of them, as it ended.
public struct FreshSearch: Sendable, Equatable {
    /// From 0; it names the chance of the search.
    public let number: Int
    public let result: SearchResult
    public let seconds: Double

    public init(number: Int, result: SearchResult, seconds: Double) {
        self.number = number
        self.result = result
        self.seconds = seconds
    }
}

extension KneeConfirmation {
    /// What the planned searches say: a pure function of them and the study's seed.
    public init(_ searches: [FreshSearch], of plan: ConfirmationPlan, in spec: StudySpec) {
        self.init(
            searches.map { search in plan.budgets.map { search.result.trace.best(at: $0) } }, budgets: plan.budgets,
            goal: spec.goal, stream: spec.confirmationStream(searches.count))
    }
}
