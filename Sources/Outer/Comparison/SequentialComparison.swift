import RealModule

/// How often one family beats another, with an interval that holds at every look: however often it is looked at, and whatever
/// decides when to stop, it misses the truth at any time with at most the stated probability.
///
/// The likelihood ratio of a mixture over all shares, uniform before, against one share p is a martingale if p is true:
///
///     M(p) = B(w + 1, l + 1) / (p^w (1 - p)^l),   w wins and l losses
///
/// By Ville's inequality it ever reaches 1 / level with at most that probability; shares that it has reached are out, once and
/// for all.
/// - SeeAlso: Robbins (1970), Statistical Methods Related to the Law of the Iterated Logarithm, doi:10.1214/aoms/1177696786;
///   Howard, Ramdas, McAuliffe & Sekhon (2021), Time-uniform confidence sequences, doi:10.1214/20-AOS1991
public struct SequentialComparison: Sendable, Equatable {
    public private(set) var wins = 0
    public private(set) var losses = 0
    /// Blocks in which both were equal; they say nothing about which is better.
    public private(set) var ties = 0
    /// The probability of ever missing the truth.
    public let level: Double
    /// The share of wins among blocks that are not ties: what is not out yet.
    public private(set) var low = 0.0
    public private(set) var high = 1.0

    public init(level: Double) {
        precondition(0 < level && level < 1, "a level of \(level)")
        self.level = level
    }

    public enum Finding: Sendable, Equatable { case first, second, undecided }

    /// Which of the two is better; what is found once stays.
    public var finding: Finding { low > 0.5 ? .first : high < 0.5 ? .second : .undecided }

    /// The next block, lower values being better.
    public mutating func add(first: Double, second: Double) {
        if first < second { wins += 1 } else if second < first { losses += 1 } else { ties += 1 }
        guard first != second else { return }
        low = max(low, bound(from: 0))
        high = min(high, bound(from: 1))
    }

    /// Where the martingale comes below 1 / level, between an end and its least place, the share seen.
    private func bound(from end: Double) -> Double {
        let seen = Double(wins) / Double(wins + losses)
        guard seen != end else { return end }
        var (out, within) = (end, seen)
        for _ in 0..<60 {
            let middle = 0.5 * (out + within)
            if logMartingale(middle) >= -Double.log(level) { out = middle } else { within = middle }
        }
        return out
    }

    private func logMartingale(_ p: Double) -> Double {
        let (w, l) = (Double(wins), Double(losses))
        return Double.logGamma(w + 1) + Double.logGamma(l + 1) - Double.logGamma(w + l + 2)
            - (w == 0 ? 0 : w * Double.log(p)) - (l == 0 ? 0 : l * Double.log(onePlus: -p))
    }
}
