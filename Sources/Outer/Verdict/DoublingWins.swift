import Inner
import RealModule

/// How often a fresh search of twice the budget ends better than another of the budget, with any weights of the searches.
///
///     P(w) = sum over i != k of w_i w_k [y_i(2T) < y_k(T)] / sum over i != k of w_i w_k,   ties counted half
///
/// - SeeAlso: Mann & Whitney (1947), doi:10.1214/aoms/1177730491
package struct DoublingWins: Sendable {
    /// Searches in rising order of their values at T.
    private let order: [Int]
    /// For every search where its value at 2T stands in that order: what lies before is better, what lies behind worse.
    private let places: [Range<Int>]
    /// [y_i(2T) < y_i(T)], a half if they are equal.
    private let own: [Double]

    /// - Parameters:
    ///   - larger, smaller: the values at 2T and at T, one a search.
    package init(_ larger: [Double], over smaller: [Double]) {
        order = smaller.indices.sorted { smaller[$0] < smaller[$1] }
        let rising = order.map { smaller[$0] }
        places = larger.map { value in
            let better = rising.count { $0 < value }
            return better..<better + rising.count { $0 == value }
        }
        own = zip(larger, smaller).map { $0 < $1 ? 1 : $0 == $1 ? 0.5 : 0 }
    }

    /// - Parameter weights: one a search.
    /// - Complexity: O(m).
    package func share(_ weights: [Double]) -> Double {
        var below = [0.0]
        for search in order { below.append(below[below.count - 1] + weights[search]) }
        let total = below[below.count - 1]
        var (wins, pairs) = (0.0, total * total)
        for (search, weight) in weights.enumerated() {
            let (better, notWorse) = (below[places[search].lowerBound], below[places[search].upperBound])
            wins += weight * (total - 0.5 * (better + notWorse) - weight * own[search])
            pairs -= weight * weight
        }
        return wins / pairs
    }

    /// A draw of the shares of neighbouring doublings, by the Bayesian bootstrap of whole searches and one more, whose shares are
    /// uniform between a third and one: in the mean a doubling of a thing unknown just pays.
    ///
    /// - SeeAlso: Rubin (1981), doi:10.1214/aos/1176345338
    package static func draw(
        of doublings: [DoublingWins], searches: Int, using chance: inout RandomStream
    ) -> [Double] {
        let weights = (0..<searches).map { _ in chance.exponential() }
        let one = chance.exponential()
        let unknown = one / weights.reduce(one, +)
        return doublings.map { doubling in
            (1 - unknown) * doubling.share(weights) + unknown * (1 + 2 * chance.uniform()) / 3
        }
    }
}

extension RandomStream {
    /// Exponential with mean 1.
    mutating func exponential() -> Double { -Double.log(1 - uniform()) }
}
