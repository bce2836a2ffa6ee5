import Inner
import RealModule

/// What another budget would change for the learned configuration: one doubling more, or half.
public struct BudgetStep: Sendable, Equatable, Codable {
    /// The larger and the smaller budget, in evaluations.
    public let larger: Int
    public let smaller: Int
    /// Posterior mean of what the larger one adds to the score.
    public let gain: Double
    /// Probability that a fresh search of the larger budget ends better than one of the smaller: E[Phi(gain / (s sqrt 2))]
    /// over the posterior. Two independent searches of the smaller budget do so in two pairs of three.
    public let winShare: Double
    /// Probability that the larger one is worth its price.
    public let payProbability: Double

    /// - Parameters:
    ///   - gains: q(larger) - q(smaller) in draws of the posterior.
    ///   - pays: whether utility rises, in the same draws.
    init(larger: Int, smaller: Int, mean: Double, gains: [Double], pays: [Bool], seedDeviation: Double) {
        self.larger = larger
        self.smaller = smaller
        gain = mean
        let count = Double(gains.count)
        // Phi(x / sqrt 2) = erfc(-x / 2) / 2
        winShare = gains.reduce(0) { $0 + 0.5 * Double.erfc(-$1 / (2 * seedDeviation)) } / count
        payProbability = Double(pays.count { $0 }) / count
    }
}
