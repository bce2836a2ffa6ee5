import Inner

/// What a study learned: how much search is enough, and how sure that is.
public struct Verdict: Sendable, Equatable, Encodable {
    /// The arm with the highest posterior mean utility.
    public let arm: Arm
    /// Budgets that were open, from the least on.
    public let levels: Int
    public let knee: Knee
    /// Posterior mean score of the arm; epistemic standard deviation (more pulls shrink it) and aleatoric (nothing
    /// does).
    public let meanScore: Double
    public let epistemicDeviation: Double
    public let aleatoricDeviation: Double
    /// Expected gain in utility from knowing everything, over lambda: in doublings of one run.
    public let expectedGainOfPerfectInformation: Double
    /// True if tuning further is worth less than `Verdict.sureness` doublings of one run, and a target was ever reached.
    public let isSure: Bool
    /// What one doubling more would buy, and what the last one bought; nil where the budgets end.
    public let doubling: BudgetStep?
    public let halving: BudgetStep?
    /// Arms that may be the best of all, this one among them.
    public let nearTies: [NearTie]
    /// Which factors quality depends on.
    public let importance: [FactorImportance]
    /// Pulls at the learned arm or beyond it on the same configuration, and the median of their best values at its
    /// budget.
    public let observedSearches: Int
    public let observedMedian: Double?
    /// How long these take to reach the target, if there is one.
    public let runningTime: RunningTime?
    /// What an evaluation takes with the learned settings, as far as is known; nil if no pull was timed.
    public let secondsPerEvaluation: Double?
    /// 5 % and 95 % points of the budget of the best arm of all over posterior draws: where the knee is if the settings are not
    /// sure either. Ledgers do not note it.
    public let kneeOfAnySettings: ClosedRange<Int>

    private enum CodingKeys: String, CodingKey {
        case arm, levels, knee, meanScore, epistemicDeviation, aleatoricDeviation, expectedGainOfPerfectInformation,
            isSure
        case doubling, halving, nearTies, importance, observedSearches, observedMedian, runningTime,
            secondsPerEvaluation
    }

    /// The threshold of `isSure`, in doublings. Below 0.25 the estimate itself is too rough.
    public static let sureness = 0.75
    static let kneeDraws = 1000

    /// The verdict of finished pulls, in order.
    ///
    /// A pure function of spec and pulls: report, resume and learn print the same.
    /// - Parameter earlier: what was believed after the first of them, if that is known; it spares going through these again.
    /// - Returns: nil if there are no pulls.
    /// - Throws: `SelectionError` if a plug-in of the spec is unknown to this program.
    public static func of(
        _ spec: StudySpec, _ pulls: [Pull], from earlier: Beliefs? = nil
    ) throws(SelectionError) -> Verdict? {
        try beliefs(spec, pulls, from: earlier).map { Verdict(spec, $0, pulls) }
    }

    /// What a study believes after finished pulls, in order; nil if there are none.
    static func beliefs(
        _ spec: StudySpec, _ pulls: [Pull], from earlier: Beliefs? = nil
    ) throws(SelectionError) -> Beliefs? {
        guard !pulls.isEmpty else { return nil }
        let levels = spec.levels(after: pulls)
        var beliefs: Beliefs
        // A study may have opened a budget that none of its pulls could choose: of that, pulls do not tell.
        if let earlier, earlier.levels <= levels {
            beliefs = earlier
            beliefs.open(levels: levels)
        } else {
            beliefs = try Beliefs(spec.space, goal: spec.goal, cost: spec.cost, levels: levels, warm: spec.warm)
        }
        for pull in pulls[beliefs.pulls...] { beliefs.absorb(pull) }
        beliefs.rescore()
        return beliefs
    }

    private init(_ spec: StudySpec, _ beliefs: Beliefs, _ pulls: [Pull]) {
        let sample = PosteriorSample(beliefs, draws: Self.kneeDraws, stream: spec.root.split(.verdict))
        let (space, means, offsets, own) = (spec.space, sample.means, sample.offsets, sample.own)
        let best = sample.leader.index
        arm = sample.leader
        levels = beliefs.levels
        meanScore = means[best]
        epistemicDeviation = beliefs.posterior().deviation(of: best)
        aleatoricDeviation = beliefs.seedVariance.squareRoot()
        expectedGainOfPerfectInformation = sample.expectedGain / beliefs.price
        isSure = Self.isSure(sample, beliefs)
        knee = Knee(budget: arm.budget, levels: sample.knees, largest: beliefs.levels - 1, space)
        let joint = Knee(
            budget: arm.budget, levels: sample.winners.map { $0 % space.levels }, largest: beliefs.levels - 1, space)
        kneeOfAnySettings = joint.low...joint.high
        nearTies = NearTie.among(sample.winners, space)
        importance = FactorImportance.of(means, space, levels: beliefs.levels)
        let deviation = aleatoricDeviation
        let step = { (lower: Int) -> BudgetStep? in
            // Without an end to the offsets, such as a total that cannot pay for the larger one, there is no price.
            guard lower >= 0, lower + 1 < space.levels, offsets[own[lower + 1]].isFinite else { return nil }
            return BudgetStep(
                larger: space.budget(level: lower + 1), smaller: space.budget(level: lower),
                mean: means[own[lower + 1]] - means[own[lower]],
                gains: sample.ownScores.map { $0[lower + 1] - $0[lower] },
                pays: sample.pays.map { $0[lower + 1] }, seedDeviation: deviation)
        }
        doubling = step(arm.level)
        halving = step(arm.level - 1)

        let alike = pulls.filter { Self.hasRun($0, sample.leader, beliefs) }
        runningTime =
            if case .target(let value) = spec.goal {
                RunningTime(alike.map(\.result.trace), target: value, budget: arm.budget)
            } else { nil }
        let there = alike.map { $0.result.trace.best(at: sample.leader.budget) }.sorted()
        observedSearches = there.count
        let middle = there.isEmpty ? nil : 0.5 * (there[(there.count - 1) / 2] + there[there.count / 2])
        observedMedian = middle.flatMap { $0.isFinite ? $0 : nil }
        secondsPerEvaluation = beliefs.secondsPerEvaluation(configuration: arm.configurationIndex)
    }

    /// True if knowing everything would be worth no more than `sureness` doublings of one run, as far as is known, and what is to
    /// be reached was ever reached: how long that takes is a guess until then.
    static func isSure(_ sample: PosteriorSample, _ beliefs: Beliefs) -> Bool {
        isWorthLittle(sample, beliefs) && beliefs.isTargetKnownToBeReached
    }

    /// The first half of that.
    static func isWorthLittle(_ sample: PosteriorSample, _ beliefs: Beliefs) -> Bool {
        sample.expectedGain <= sureness * beliefs.price
    }

    /// True if a pull is a run of that arm or begins with one.
    private static func hasRun(_ pull: Pull, _ arm: Arm, _ beliefs: Beliefs) -> Bool {
        let launched = beliefs.space[pull.decision.arm]
        guard launched.configurationIndex == arm.configurationIndex,
            launched == arm || !beliefs.isHorizonBound[arm.configurationIndex]
        else { return false }
        return pull.result.trace.checkpoints.contains { $0.evaluations == arm.budget }
    }
}
