import Inner

/// The sequence of decisions of a study: what may be seen, what may be afforded, what is chosen.
///
/// Pure: hand it the finished pulls in order and ask for the next decision.
public struct Learner: Sendable {
    public private(set) var spec: StudySpec
    public private(set) var beliefs: Beliefs
    private let policy: any Policy
    /// Budgets that decisions already made have opened. Describing them takes long, so it waits for the next decision.
    private var opened = 0
    /// What the last look said, for it may be asked twice.
    private var lastLook: (number: Int, isSure: Bool)?

    /// - Throws: `SelectionError` for a policy or plug-in that this program does not know.
    public init(_ spec: StudySpec) throws(SelectionError) {
        self.spec = spec
        beliefs = try Beliefs(
            spec.space, goal: spec.goal, cost: spec.cost, levels: spec.levelsAtFirst, warm: spec.warm)
        policy = try PolicyCatalogue.all.make(spec.policy)
    }

    /// Pulls that decision `number` sees: 0 ... number - L.
    public func visible(to number: Int) -> Int { max(0, number - spec.lookAhead + 1) }

    /// Absorbs the next pull in order.
    public mutating func absorb(_ pull: Pull) {
        precondition(pull.number == beliefs.pulls, "pull \(pull.number) absorbed after \(beliefs.pulls) others")
        beliefs.absorb(pull)
    }

    /// Goes on with the limits of an extension.
    public mutating func extend(to limits: StudySpec) {
        spec = spec.limited(purse: limits.purse, maxPulls: limits.maxPulls)
    }

    /// Takes over what a decision that is already made has opened.
    public mutating func follow(_ pull: Pull) { opened = max(opened, pull.levels ?? spec.space.levels) }

    /// Looks where the study stands before decision `number`, if it is one of those before which it does. Once it is sure
    /// but the knee is more likely than not at the largest budget open, it opens an octave more, as far as purse and space
    /// go: before, larger budgets would only be what is known least, and swallow the purse. Once half of that is spent, it also opens
    /// one if the knee is almost certainly at the largest, whatever else is unknown, and several such searches can be paid for.
    ///
    /// - Parameter committed: evaluations that the pulls before it may spend.
    /// - Returns: true if the study should stop here, judging by what the decision may see.
    public mutating func look(before number: Int, committed: Int) -> Bool {
        precondition(beliefs.pulls == visible(to: number), "look \(number) must see \(visible(to: number)) pulls")
        guard Self.isLook(number), beliefs.pulls > 0 else { return false }
        if let last = lastLook, last.number == number { return last.isSure }
        beliefs.open(levels: opened)
        beliefs.rescore()
        let sample = sample(of: beliefs)
        let isSure = Verdict.isSure(sample, beliefs)
        let mass = mass(atLargest: sample)
        let opens =
            Verdict.isWorthLittle(sample, beliefs)
            ? mass > 0.5 && canOpen(committed)
            : mass > Self.almostCertain && isHalfSpent(committed) && canOpen(committed, searches: Self.several)
        if opens { beliefs.open(levels: beliefs.levels + 1) }
        lastLook = (number, isSure && !opens && spec.stopsWhenSure)
        return lastLook!.isSure
    }

    /// Whether the study is done before decision `number`, with the pulls that were in flight in view too.
    public func isSure(with inFlight: [Pull], committed: Int) -> Bool {
        var beliefs = beliefs
        for pull in inFlight { beliefs.absorb(pull) }
        beliefs.rescore()
        let sample = sample(of: beliefs)
        return Verdict.isSure(sample, beliefs) && !(canOpen(committed) && mass(atLargest: sample) > 0.5)
    }

    /// Decision `number`, once exactly the pulls it may see are absorbed.
    ///
    /// - Parameter committed: evaluations that the pulls before it may spend.
    /// - Returns: nil if no arm can be paid for any more.
    public mutating func decide(_ number: Int, committed: Int) -> Decision? {
        precondition(beliefs.pulls == visible(to: number), "decision \(number) must see \(visible(to: number)) pulls")
        beliefs.open(levels: opened)
        let allowed = affordable(spec.learningPurse.map { $0 - committed })
        guard !allowed.isEmpty else { return nil }
        beliefs.rescore()
        return policy.decide(from: beliefs, allowed: allowed, stream: spec.decisionStream(pull: number))
    }

    /// Decision `number` once more, from what was absorbed: what looks open, it opens.
    public mutating func again(_ number: Int, committed: Int) -> Decision? {
        _ = look(before: number, committed: committed)
        return decide(number, committed: committed)
    }

    /// The decisions before which a study looks where it stands: from the twentieth on, every twentieth part of what it
    /// has done. A look costs as much as many decisions.
    static func isLook(_ number: Int) -> Bool {
        var look = 20
        while look < number { look += look / 20 }
        return look == number
    }

    /// The draws of the verdict, so that both come to one conclusion.
    private func sample(of beliefs: Beliefs) -> PosteriorSample {
        PosteriorSample(beliefs, draws: PosteriorSample.gainDraws, stream: spec.root.split(.verdict))
    }

    private func mass(atLargest sample: PosteriorSample) -> Double { sample.mass(at: beliefs.levels - 1) }

    private static let almostCertain = 0.95
    private static let several = 8

    private func isHalfSpent(_ committed: Int) -> Bool { committed >= spec.learningPurse.map { $0 / 2 } ?? .max }

    private func canOpen(_ committed: Int, searches: Int = 1) -> Bool {
        let (space, levels) = (spec.space, beliefs.levels)
        guard levels < space.levels else { return false }
        let budget = space.budget(level: levels)
        return spec.goal.offset(level: levels, budget: budget, seedDeviation: 1) != nil
            && budget <= spec.learningPurse.map { ($0 - committed) / searches } ?? .max
    }

    /// Arms that purse and goal can pay for.
    private func affordable(_ purse: Int?) -> [Int] {
        let space = spec.space
        let levels = beliefs.affordableLevels()
        let affords = (0..<space.levels).map { levels.contains($0) && space.budget(level: $0) <= purse ?? .max }
        return (0..<space.count).filter { affords[$0 % space.levels] }
    }

    /// Decision `number` of a study, computed again from its recorded pulls, which are complete and in order.
    ///
    /// - Returns: nil if nothing could be paid for.
    /// - Throws: `SelectionError` for a policy or plug-in that this program does not know.
    public static func recompute(
        _ number: Int, of spec: StudySpec, from pulls: [Pull]
    ) throws(SelectionError) -> Decision? {
        var learner = try Learner(spec)
        let before = pulls.prefix(number)
        before.last.map { learner.follow($0) }
        for pull in before.prefix(learner.visible(to: number)) { learner.absorb(pull) }
        let committed = before.reduce(0) { $0 + $1.budget }
        return learner.again(number, committed: committed)
    }
}
