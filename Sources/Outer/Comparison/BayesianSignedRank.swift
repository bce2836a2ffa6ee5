import Inner

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
        let values = [0] + differences
        // Signs of the means of all pairs: above the region, within it, below it.
        let signs = values.map { a in values.map { b in Self.side(0.5 * (a + b), region) } }
        var chance = stream
        var shares = [0.0, 0, 0]
        for _ in 0..<Self.draws {
            // Exponential variables over their sum are a draw of Dirichlet(1, ..., 1).
            let weights = values.map { _ in gamma(shape: 1, using: &chance) }
            var masses = [0.0, 0, 0]
            for (row, weight) in zip(signs, weights) {
                for (side, other) in zip(row, weights) { masses[side] += weight * other }
            }
            let most = masses.max()!
            let winners = masses.indices.filter { masses[$0] == most }
            for winner in winners { shares[winner] += 1 / Double(winners.count) }
        }
        let total = Double(Self.draws)
        (firstIsBetter, areAlike, secondIsBetter) = (shares[0] / total, shares[1] / total, shares[2] / total)
    }

    private static func side(_ mean: Double, _ region: Double) -> Int { mean > region ? 0 : mean < -region ? 2 : 1 }
}
