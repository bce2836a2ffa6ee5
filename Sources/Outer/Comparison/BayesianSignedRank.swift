import Inner
import RealModule

/// How probable it is that one family is better than another by more than what matters, as good as it, or worse: the Bayesian
/// signed-rank test, a Dirichlet process over the paired differences with one pseudo-observation at no difference.
///
/// - SeeAlso: Benavoli, Corani, Demsar & Zaffalon (2017), Time for a Change: a Tutorial for Comparing Multiple Classifiers
///   Through Bayesian Analysis, JMLR 18.
public struct BayesianSignedRank: Sendable, Equatable {
    /// Probabilities; they sum to 1.
    public let firstIsBetter: Double
    public let areAlike: Double
    public let secondIsBetter: Double

    static let draws = 20_000

    /// - Parameters:
    ///   - differences: second minus first, one a pair: positive where the first is better.
    ///   - region: differences up to so much do not matter.
    public init(_ differences: [Double], region: Double, stream: RandomStream) {
        precondition(!differences.isEmpty && region >= 0, "\(differences.count) differences, region \(region)")
        let values = ([0] + differences).sorted()
        // Of every value, how many others make a mean below the region, and how many one not above it.
        let below = values.map { a in values.partitioningIndex { 0.5 * (a + $0) >= -region } }
        let within = values.map { a in values.partitioningIndex { 0.5 * (a + $0) > region } }
        var chance = stream
        var shares = [0.0, 0, 0]
        var (weights, sums) = (values, [0.0] + values)
        for _ in 0..<Self.draws {
            // Exponential variables over their sum are a draw of Dirichlet(1, ..., 1).
            for index in values.indices {
                weights[index] = -Double.log(onePlus: -chance.uniform())
                sums[index + 1] = sums[index] + weights[index]
            }
            var masses = [0.0, 0, 0]
            for (index, weight) in weights.enumerated() {
                masses[0] += weight * (sums[values.count] - sums[within[index]])
                masses[1] += weight * (sums[within[index]] - sums[below[index]])
                masses[2] += weight * sums[below[index]]
            }
            let most = masses.max()!
            let winners = masses.indices.filter { masses[$0] == most }
            for winner in winners { shares[winner] += 1 / Double(winners.count) }
        }
        let total = Double(Self.draws)
        (firstIsBetter, areAlike, secondIsBetter) = (shares[0] / total, shares[1] / total, shares[2] / total)
    }
}
