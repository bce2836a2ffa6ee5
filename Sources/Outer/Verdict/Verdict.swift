import Inner

/// What a study learned: how much search is enough, and how sure that is.
public struct Verdict: Sendable, Equatable, Codable {
    /// The arm with the highest posterior mean utility.
    public let arm: Arm
    public let knee: Knee
    /// Posterior mean score of the arm; epistemic standard deviation (more pulls shrink it) and aleatoric (nothing
    /// does).
    public let meanScore: Double
    public let epistemicDeviation: Double
    public let aleatoricDeviation: Double
    /// Expected gain in utility from knowing everything, over lambda: in doublings of one run.
    public let expectedGainOfPerfectInformation: Double
    /// True if tuning further is worth less than `Verdict.sureness` doublings of one run.
    public let isSure: Bool
    /// Pulls at the learned arm or beyond it on the same configuration, and the median of their best values at its
    /// budget.
    public let observedSearches: Int
    public let observedMedian: Double?
    /// What an evaluation takes with the learned settings, as far as is known; nil if no pull was timed.
    public let secondsPerEvaluation: Double?

    /// The threshold of `isSure`, in doublings. Below 0.25 the estimate itself is too rough.
    public static let sureness = 0.75
    static let gainDraws = 200
    static let kneeDraws = 1000

    /// The verdict of finished pulls, in order.
    ///
    /// A pure function of spec and pulls: report, resume and learn print the same.
    /// - Returns: nil if there are no pulls.
    /// - Throws: `SelectionError` if a plug-in of the spec is unknown to this program.
    public static func of(_ spec: StudySpec, _ pulls: [Pull]) throws(SelectionError) -> Verdict? {
        guard !pulls.isEmpty else { return nil }
        var beliefs = try Beliefs(spec.space, goal: spec.goal, cost: spec.cost)
        for pull in pulls { beliefs.absorb(pull) }
        beliefs.rescore()
        return Verdict(spec, beliefs, pulls)
    }

    private init(_ spec: StudySpec, _ beliefs: Beliefs, _ pulls: [Pull]) {
        let posterior = beliefs.posterior()
        let offsets = beliefs.offsets().map { $0 ?? -.infinity }
        let space = spec.space
        let means = posterior.mean()
        let utility = { (scores: [Double], arm: Int) in scores[arm] + offsets[arm] }
        arm = beliefs.leader(by: means)
        let best = arm.index
        meanScore = means[best]
        epistemicDeviation = posterior.deviation(of: best)
        aleatoricDeviation = beliefs.seedVariance.squareRoot()

        var chance = spec.root.split(.verdict)
        var (gain, knees) = (0.0, [Int]())
        for draw in 0..<Self.kneeDraws {
            let scores = posterior.draw(using: &chance)
            knees.append(Self.bestLevel(scores, offsets, of: arm.configurationIndex, space))
            if draw < Self.gainDraws {
                gain += scores.indices.reduce(-Double.infinity) { max($0, utility(scores, $1)) }
            }
        }
        let expected = max(0, gain / Double(Self.gainDraws) - utility(means, best))
        expectedGainOfPerfectInformation = expected / beliefs.price
        isSure = expected <= Self.sureness * beliefs.price
        knee = Knee(budget: arm.budget, levels: knees, space)

        let there = pulls.compactMap { Self.value(of: $0, at: beliefs.space[best], beliefs) }.sorted()
        observedSearches = there.count
        let middle = there.isEmpty ? nil : 0.5 * (there[(there.count - 1) / 2] + there[there.count / 2])
        observedMedian = middle.flatMap { $0.isFinite ? $0 : nil }
        secondsPerEvaluation = beliefs.secondsPerEvaluation(configuration: arm.configurationIndex)
    }

    private static func bestLevel(_ scores: [Double], _ offsets: [Double], of configuration: Int, _ space: ArmSpace)
        -> Int
    {
        let arms = (0..<space.levels).map { space.index(configuration: configuration, level: $0) }
        return leading(arms, count: 1) { scores[$0] + offsets[$0] }[0] % space.levels
    }

    /// A pull's best value at an arm's budget, if it is a run of that arm or begins with one.
    private static func value(of pull: Pull, at arm: Arm, _ beliefs: Beliefs) -> Double? {
        let launched = beliefs.space[pull.decision.arm]
        guard launched.configurationIndex == arm.configurationIndex,
            launched == arm || !beliefs.isHorizonBound[arm.configurationIndex]
        else { return nil }
        return pull.result.trace.checkpoints.first { $0.evaluations == arm.budget }?.best
    }
}
