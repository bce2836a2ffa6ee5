import Inner

/// Rank normal scores of everything observed on one problem: q_i = -PhiInverse((rank(y_i) - 1/2) / N), higher is
/// better.
///
/// Exactly invariant under increasing transforms of the objective. Ranks move as the pool grows, so scores are always
/// those of the pool as it is; scores of two pools are never compared. Ties share their mean rank. Infinite values rank
/// worst.
/// - SeeAlso: Blom (1958), Statistical Estimates and Transformed Beta-Variables; Conover (1999), Practical
///   Nonparametric Statistics.
public struct NormalScores: Sendable {
    /// The pool in the order it came.
    private var values: [Double] = []
    /// The same in rising order, and the places it has there.
    private var rising: [Double] = []
    private var order: [Int] = []
    /// The score of every observation, in the order they came.
    public private(set) var scores: [Double] = []

    public init() {}

    public var count: Int { values.count }

    /// Adds observations to the pool. Scores are stale until `rank()`.
    public mutating func add(_ fresh: [Double]) { values += fresh }

    /// Scores the whole pool as it is now.
    ///
    /// - Parameter weights: one positive weight an observation, for a pool in which not all count the same:
    ///   q_i = -PhiInverse((W_below + W_tied / 2) / W), which is the plain score if all are equal.
    /// - Complexity: O(N + k log N) with k observations added since the last time.
    public mutating func rank(weights: [Double]? = nil) {
        precondition(weights?.count ?? count == count, "\(weights?.count ?? 0) weights for \(count) observations")
        merge()
        let weights = weights ?? Array(repeating: 1, count: count)
        let quantiles = normalQuantiles(shares(weights))
        var scores = quantiles
        var out = scores.mutableSpan
        for (place, index) in order.enumerated() { out[index] = -quantiles[place] }
        self.scores = scores
    }

    /// (W_below + W_tied / 2) / W of every place in the rising order. No branch depends on ties, which come as they please.
    private func shares(_ weights: [Double]) -> [Double] {
        let (rising, order, weights) = (rising.span, order.span, weights.span)
        var (shares, sums) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        var share = shares.mutableSpan
        var sum = sums.mutableSpan
        var (last, below, total) = (Double.nan, 0.0, 0.0)
        for place in 0..<rising.count {
            below = rising[place] == last ? below : total
            last = rising[place]
            total += weights[order[place]]
            (share[place], sum[place]) = (below, total)
        }
        var atMost = total
        last = .nan
        for place in (0..<rising.count).reversed() {
            let here = sum[place]
            atMost = rising[place] == last ? atMost : here
            last = rising[place]
            share[place] = (share[place] + atMost) / (2 * total)
        }
        return shares
    }

    /// The score from which on a value is at or below `value`, in the pool as it was last ranked. Beyond the pool's ends it
    /// is a quarter of a value away from them.
    ///
    /// - Parameter weights: those it was ranked with.
    package func threshold(_ value: Double, weights: [Double]) -> Double {
        guard let least = weights.min() else { return 0 }
        let total = weights.reduce(0, +)
        let reached = zip(values, weights).reduce(0) { $0 + ($1.0 <= value ? $1.1 : 0) }
        return -normalQuantile(min(max(reached, 0.25 * least), total - 0.25 * least) / total)
    }

    /// Scores the observations among the values of another pool, in rising order; beyond them as its extremes.
    ///
    /// - Complexity: O(N log M).
    mutating func rank(among pool: [Double]) {
        let count = Double(pool.count)
        scores = values.map { value in
            let (below, atMost) = (pool.lowerBound { $0 >= value }, pool.lowerBound { $0 > value })
            let rank = 0.5 * Double(below + atMost)
            return -normalQuantile(min(max(rank, 0.5), count - 0.5) / count)
        }
    }

    /// Merges what was added into the rising order.
    private mutating func merge() {
        let fresh = (order.count..<values.count).map { (value: values[$0], index: $0) }
            .sorted { ($0.value, $0.index) < ($1.value, $1.index) }
        var (merged, places) = ([Double](), [Int]())
        merged.reserveCapacity(values.count)
        places.reserveCapacity(values.count)
        var old = 0
        for (value, index) in fresh {
            let end = rising.lowerBound { $0 > value }
            merged += rising[old..<end]
            places += order[old..<end]
            merged.append(value)
            places.append(index)
            old = end
        }
        rising = merged + rising[old...]
        order = places + order[old...]
    }
}

extension [Double] {
    /// The first index whose element meets a condition that once met stays met; the count if none does.
    fileprivate func lowerBound(_ isMet: (Double) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isMet(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
