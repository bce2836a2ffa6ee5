import Inner

/// The sequence of decisions of a study: what may be seen, what may be afforded, what is chosen.
///
/// Pure: hand it the finished pulls in order and ask for the next decision.
public struct Learner: Sendable {
    public let spec: StudySpec
    public private(set) var beliefs: Beliefs
    private let policy: any Policy

    /// - Throws: `SelectionError` for a policy or plug-in that this program does not know.
    public init(_ spec: StudySpec) throws(SelectionError) {
        self.spec = spec
        beliefs = try Beliefs(spec.space, goal: spec.goal, cost: spec.cost)
        policy = try PolicyCatalogue.all.make(spec.policy)
    }

    /// Pulls that decision `number` sees: 0 ... number - L.
    public func visible(to number: Int) -> Int { max(0, number - spec.lookAhead + 1) }

    /// Absorbs the next pull in order.
    public mutating func absorb(_ pull: Pull) {
        precondition(pull.number == beliefs.pulls, "pull \(pull.number) absorbed after \(beliefs.pulls) others")
        beliefs.absorb(pull)
    }

    /// Decision `number`, once exactly the pulls it may see are absorbed.
    ///
    /// - Parameter committed: evaluations that the pulls before it may spend.
    /// - Returns: nil if no arm can be paid for any more.
    public mutating func decide(_ number: Int, committed: Int) -> Decision? {
        precondition(beliefs.pulls == visible(to: number), "decision \(number) must see \(visible(to: number)) pulls")
        let allowed = affordable(spec.purse.map { $0 - committed })
        guard !allowed.isEmpty else { return nil }
        beliefs.rescore()
        return policy.decide(from: beliefs, allowed: allowed, stream: spec.decisionStream(pull: number))
    }

    /// Arms that purse and goal can pay for.
    private func affordable(_ purse: Int?) -> [Int] {
        let (space, offsets) = (spec.space, beliefs.offsets())
        return (0..<space.count).filter {
            offsets[$0] != nil && space.budget(level: $0 % space.levels) <= purse ?? .max
        }
    }

    /// Decision `number` of a study, computed again from its recorded pulls, which are complete and in order.
    ///
    /// - Returns: nil if nothing could be paid for.
    /// - Throws: `SelectionError` for a policy or plug-in that this program does not know.
    public static func recompute(
        _ number: Int, of spec: StudySpec, from pulls: [Pull]
    ) throws(SelectionError) -> Decision? {
        var learner = try Learner(spec)
        for pull in pulls.prefix(learner.visible(to: number)) { learner.absorb(pull) }
        return learner.decide(number, committed: pulls.prefix(number).reduce(0) { $0 + $1.budget })
    }
}
