import RealModule

/// Ranks of several families on the same blocks, and whether they differ at all: Friedman's test with correction for ties.
///
/// - SeeAlso: Friedman (1937), doi:10.1080/01621459.1937.10503522; Demsar (2006), Statistical Comparisons of Classifiers over
///   Multiple Data Sets, JMLR 7.
public struct AverageRanks: Sendable, Equatable {
    /// Of every family over the blocks; 1 is best, ties share their mean rank.
    public let means: [Double]
    public let blocks: Int
    /// Friedman's chi square; 0 if every block is one tie.
    public let statistic: Double
    /// Probability of a statistic as large if families do not differ, by the chi square law.
    public let probability: Double

    /// - Parameter blocks: for every block the value of each family; lower is better.
    /// - Precondition: at least two families and two blocks, all with as many values, none of them NaN.
    public init(_ blocks: [[Double]]) {
        let (n, k) = (blocks.count, blocks.first?.count ?? 0)
        precondition(n >= 2 && k >= 2, "\(n) blocks of \(k) families; two of each are needed")
        precondition(blocks.allSatisfy { $0.count == k && !$0.contains(where: \.isNaN) }, "a value for each of \(k)")
        let ranks = blocks.map(Self.ranks)
        let sums = (0..<k).map { family in ranks.reduce(0) { $0 + $1[family] } }
        means = sums.map { $0 / Double(n) }
        self.blocks = n
        let (n1, k1) = (Double(n), Double(k))
        // Sum of t^3 - t over the ties of every block.
        let ties = blocks.reduce(0) { $0 + Self.ties($1) }
        let correction = 1 - ties / (n1 * k1 * (k1 * k1 - 1))
        let plain = 12 / (n1 * k1 * (k1 + 1)) * sums.reduce(0) { $0 + $1 * $1 } - 3 * n1 * (k1 + 1)
        statistic = correction > 0 ? plain / correction : 0
        probability = correction > 0 ? upperGamma((k1 - 1) / 2, statistic / 2) : 1
    }

    /// Nemenyi's critical difference: average ranks that are closer cannot be told apart.
    ///
    /// - Parameter level: probability of telling any two apart if none differ.
    public func criticalDifference(level: Double) -> Double {
        let k = Double(means.count)
        return studentizedRangeBound(families: means.count, level: level) / 2.0.squareRoot()
            * (k * (k + 1) / (6 * Double(blocks))).squareRoot()
    }

    /// The largest sets of families, two or more by their indices, whose average ranks all lie within a difference.
    public func groups(within difference: Double) -> [[Int]] {
        let order = means.indices.sorted { (means[$0], $0) < (means[$1], $1) }
        var groups: [[Int]] = []
        var reached = 0
        for start in order.indices {
            let end = order.indices.last { means[order[$0]] - means[order[start]] <= difference }!
            if end > start, end >= reached + (groups.isEmpty ? 0 : 1) { groups.append(Array(order[start...end])) }
            reached = max(reached, end)
        }
        return groups
    }

    /// 1 for the lowest value; ties share their mean rank.
    static func ranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
            start = end + 1
        }
        return ranks
    }

    static func ties(_ values: [Double]) -> Double {
        var counts: [Double: Double] = [:]
        for value in values { counts[value, default: 0] += 1 }
        return counts.values.map { $0 * $0 * $0 - $0 }.sorted().reduce(0, +)
    }
}
