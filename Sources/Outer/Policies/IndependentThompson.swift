import Inner

/// Thompson sampling without a model: every arm is judged by its own scores alone, with a normal-inverse-gamma law.
///
/// Nothing learned about one arm says anything about another but that the longer run of a configuration is a shorter
/// one too. Propensity: an integral, with normal laws of the same mean and variance in the place of Student's. No arm
/// starves.
/// - Complexity: O(arms), and fifty erfc an arm for the propensity at most.
/// - SeeAlso: Honda & Takemura (2014), Optimality of Thompson sampling for Gaussian bandits depends on priors,
///   doi:10.48550/arXiv.1311.1894; `NormalInverseGamma`
public struct IndependentThompson: Policy {
    public var name: String { "independent" }
    public var isModelFree: Bool { true }

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let laws = (0..<beliefs.space.count).map { NormalInverseGamma(beliefs.scores(of: $0)) }
        let offsets = beliefs.utilityOffsets()
        var chance = stream.split(.decision)
        let draws = laws.map { $0.draw(using: &chance) }
        let arms = leading(allowed, count: Comparison.contendersEach) { draws[$0] + offsets[$0] }
        let contenders = arms.map {
            Decision.Contender(arm: $0, draw: draws[$0], mean: laws[$0].mean, offset: offsets[$0])
        }
        let propensity = leadProbability(
            of: arms[0], among: allowed, means: zip(laws, offsets).map { $0.mean + $1 },
            deviations: laws.map(\.deviation))
        return Decision(arm: arms[0], contenders: contenders, propensity: propensity)
    }
}

extension Policy where Self == IndependentThompson {
    public static var independent: IndependentThompson { IndependentThompson() }
}
