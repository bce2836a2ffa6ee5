import Inner

/// Thompson sampling that draws the score of the next run instead of its mean: what is unknown and what is luck in one
/// lump, so it never stops exploring. The control: no more than a demonstration of why the two are kept apart.
///
///     draw_a = phi_a theta + s e_a    e_a ~ N(0, 1) an arm
///
/// Propensity: given theta, the probability that the arm leads is an integral; its mean over a few draws of theta. No
/// arm starves.
/// - Complexity: O(arms d), and a hundred erfc an arm for the propensity at most.
/// - SeeAlso: Russo et al. (2018), section 8, doi:10.1561/2200000070
public struct PredictiveThompson: Policy {
    public var name: String { "predictive" }

    static let propensityDraws = 4

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let comparison = Comparison(beliefs)
        let deviation = beliefs.seedVariance.squareRoot()
        var chance = stream.split(.decision)
        let draws = comparison.posterior.draw(using: &chance).map { $0 + deviation * chance.normal() }
        let contenders = comparison.contenders(draws, among: allowed)

        let deviations = [Double](repeating: deviation, count: draws.count)
        var (other, propensity) = (stream.split(.propensity), 0.0)
        for _ in 0..<Self.propensityDraws {
            let means = zip(comparison.posterior.draw(using: &other), comparison.offsets).map { $0 + $1 }
            propensity += leadProbability(
                of: contenders[0].arm, among: allowed, means: means, deviations: deviations)
        }
        return Decision(
            arm: contenders[0].arm, contenders: contenders, propensity: propensity / Double(Self.propensityDraws))
    }
}

extension Policy where Self == PredictiveThompson {
    public static var predictive: PredictiveThompson { PredictiveThompson() }
}
