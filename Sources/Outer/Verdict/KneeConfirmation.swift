import Inner

/// What fresh searches of a learned configuration say about its knee.
///
/// A posterior that also chose what to look at is too sure of what it chose; searches that nothing was chosen by are not.
/// A doubling is worth what it wins: `DoublingWins` are draws of how often, and the knee of a draw is the budget where what was
/// won, less its price, is most. The running time to a target is not a matter of doublings: `ReachedBudgets`.
public struct KneeConfirmation: Sendable, Equatable, Codable {
    /// Evaluations of the searches, from the least budget on.
    public let budgets: [Int]
    public let searches: Int
    /// Median of the knee, in evaluations.
    public let median: Int
    /// Its 5-95 % range: the budgets whose mid-ranks among all draws, P(knee < T) + P(knee = T) / 2, lie between; closed ranges of whole
    /// octaves would cover more than they say. The largest budget is left out only where no more than 5 % of the knees lie there.
    ///
    /// - SeeAlso: Ma, Genton & Parzen (2011), doi:10.1007/s10463-008-0215-z
    public let low: Int
    public let high: Int
    /// Probability that the knee is the largest of the budgets, or beyond.
    public let massAtLargest: Double
    /// For every budget but the last: the share of pairs of different searches in which the one of twice that budget ends
    /// better, ties counted half.
    public let doublingWins: [Double]
    /// Medians of the best values, without the bias of having been chosen; nil where they have none.
    public let medians: [Double?]

    /// Whether the range reaches the largest budget, so that the knee may lie there or beyond. To be told of a knee where the
    /// curve still falls is the worse mistake.
    public var isCensored: Bool { massAtLargest > Self.tail }

    /// The same for a goal: beyond what it can pay for there is nothing to find.
    public func isCensored(for goal: Goal) -> Bool { isCensored && goal.canPay(for: 2 * budgets[budgets.count - 1]) }

    /// Fewer cover the knee too rarely.
    public static let leastSearches = 3
    static let draws = 4000
    private static let tail = 0.05

    /// - Parameters:
    ///   - values: the best value of every search at every budget; infinite where there was none.
    ///   - goal: what a budget is charged.
    /// - Precondition: at least two searches and two budgets, as many values in each search.
    public init(_ values: [[Double]], budgets: [Int], goal: Goal, stream: RandomStream) {
        let (m, count) = (values.count, budgets.count)
        precondition(m >= 2 && count >= 2, "\(m) searches of \(count) budgets; both must be at least 2")
        precondition(values.allSatisfy { $0.count == count }, "a search misses a budget of \(budgets)")
        self.budgets = budgets
        searches = m
        let doublings = (0..<count - 1).map { j in
            DoublingWins(values.map { $0[j + 1] }, over: values.map { $0[j] })
        }
        var chance = stream
        var knees =
            if case .target(let target) = goal {
                ReachedBudgets(values, target: target).knees(Self.draws, using: &chance)
            } else {
                Self.knees(doublings, budgets: budgets, goal: goal, searches: m, using: &chance)
            }
        knees.sort()
        median = budgets[knees[knees.count / 2]]
        let shares = budgets.indices.map { j in Double(knees.count { $0 == j }) / Double(Self.draws) }
        massAtLargest = shares[count - 1]
        low = budgets[Self.end(shares)]
        high = budgets[massAtLargest > Self.tail ? count - 1 : count - 1 - Self.end(shares.reversed())]
        doublingWins = doublings.map { $0.share([Double](repeating: 1, count: m)) }
        medians = (0..<count).map { j in Self.median(values.map { $0[j] }) }
    }

    /// The first index that with half of its own share lies beyond the tail.
    private static func end(_ shares: [Double]) -> Int {
        var before = 0.0
        return shares.firstIndex { share in
            defer { before += share }
            return before + 0.5 * share > tail
        }!
    }

    /// argmax over j of sum over i < j of sqrt 2 PhiInverse(P_i) + offset_j: Thurstone's scale, in standard deviations of the luck of
    /// one search, on which a doubling pays where it beats the better of two, wherever on the curve.
    ///
    /// - SeeAlso: Thurstone (1927), doi:10.1037/h0070288
    private static func knees(
        _ doublings: [DoublingWins], budgets: [Int], goal: Goal, searches: Int, using chance: inout RandomStream
    ) -> [Int] {
        let offsets = budgets.enumerated().map { goal.offset(level: $0, budget: $1, seedDeviation: 1) ?? -.infinity }
        return (0..<draws).map { _ in
            let shares = DoublingWins.draw(of: doublings, searches: searches, using: &chance)
            var (quality, best, knee) = (0.0, offsets[0], 0)
            for (doubling, share) in shares.enumerated() {
                quality += 2.0.squareRoot() * normalQuantile(share)
                if quality + offsets[doubling + 1] > best {
                    (best, knee) = (quality + offsets[doubling + 1], doubling + 1)
                }
            }
            return knee
        }
    }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        let middle = 0.5 * (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
        return middle.isFinite ? middle : nil
    }
}
