import Inner
import RealModule

/// Wilcoxon's signed-rank test of paired differences, two-sided. Zero differences are left out; equal ones share their mean
/// rank. Exact for up to 50 differences without ties, by the normal law with corrections for ties and continuity beyond.
///
/// - SeeAlso: Wilcoxon (1945), doi:10.2307/3001968; Hollander, Wolfe & Chicken (2014), Nonparametric Statistical Methods, 3.1.
public struct SignedRank: Sendable, Equatable {
    /// Sums of the ranks of positive and of negative differences.
    public let positive: Double
    public let negative: Double
    /// Of sums as far from each other if the differences are symmetric about zero; 1 if all are zero.
    public let probability: Double

    static let mostExact = 50

    /// - Parameter differences: one a pair, none of them NaN.
    public init(_ differences: [Double]) {
        precondition(!differences.contains(where: \.isNaN), "a difference is NaN")
        let nonzero = differences.filter { $0 != 0 }
        let ranks = AverageRanks.ranks(nonzero.map(\.magnitude))
        positive = zip(nonzero, ranks).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        let n = nonzero.count
        negative = Double(n * (n + 1)) / 2 - positive
        guard n > 0 else {
            probability = 1
            return
        }
        let ties = AverageRanks.ties(nonzero.map(\.magnitude))
        probability =
            ties == 0 && n <= Self.mostExact
            ? Self.exact(n, min(positive, negative)) : Self.normal(n, positive, ties: ties)
    }

    /// Sums up to the smaller one among all 2^n sign patterns, both ways.
    private static func exact(_ n: Int, _ smaller: Double) -> Double {
        var counts = [1.0]
        for rank in 1...n {
            counts += Array(repeating: 0, count: rank)
            for sum in stride(from: counts.count - 1, through: rank, by: -1) { counts[sum] += counts[sum - rank] }
        }
        let below = counts.prefix(Int(smaller) + 1).reduce(0, +)
        return min(1, 2 * below / Double.exp2(Double(n)))
    }

    private static func normal(_ n: Int, _ positive: Double, ties: Double) -> Double {
        let count = Double(n)
        let mean = count * (count + 1) / 4
        let variance = count * (count + 1) * (2 * count + 1) / 24 - ties / 48
        let distance = max(0, (positive - mean).magnitude - 0.5)
        return min(1, Double.erfc(distance / (2 * variance).squareRoot()))
    }

    /// Holm's step-down adjustment: those at most a level hold together with that probability of any false one.
    ///
    /// - SeeAlso: Holm (1979), A Simple Sequentially Rejective Multiple Test Procedure, Scand. J. Statist. 6.
    public static func holm(_ probabilities: [Double]) -> [Double] {
        let order = probabilities.indices.sorted { (probabilities[$0], $0) < (probabilities[$1], $1) }
        var adjusted = probabilities
        var largest = 0.0
        for (place, index) in order.enumerated() {
            largest = max(largest, min(1, Double(probabilities.count - place) * probabilities[index]))
            adjusted[index] = largest
        }
        return adjusted
    }
}

/// The probability that a value of the first is lower, so better, than one of the second, ties counted half: Vargha and
/// Delaney's A.
///
/// - SeeAlso: Vargha & Delaney (2000), doi:10.3102/10769986025002101
/// - Precondition: neither is empty.
/// - Complexity: O((n + m) log(n + m))
public func probabilityOfLower(_ first: [Double], than second: [Double]) -> Double {
    precondition(!first.isEmpty && !second.isEmpty, "nothing to compare")
    // Ranks of the first among all, the highest value first.
    let ranks = AverageRanks.ranks((first + second).map { -$0 })
    let (n, m) = (Double(first.count), Double(second.count))
    return (ranks.prefix(first.count).reduce(0, +) / n - (n + 1) / 2) / m
}
