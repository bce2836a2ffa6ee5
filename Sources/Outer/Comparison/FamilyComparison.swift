import Inner
import RealModule

/// Families on the same blocks: which are better, by how much, and how sure that is.
///
/// Everything is invariant under increasing transforms of a problem's values. With five problems or more a problem counts once,
/// with the mean over its blocks, as what is asked is how families do on problems; with fewer every block counts. Only the
/// sequential findings look at every block: they hold whenever they are looked at.
public struct FamilyComparison: Sendable, Equatable {
    /// The same problem, instance, initial points and seeds for every family.
    public struct Block: Sendable, Equatable {
        public let problem: Int
        /// One a family: lower is better, infinite is worst; comparable with those of the same problem.
        public let values: [Double]

        public init(problem: Int, values: [Double]) { (self.problem, self.values) = (problem, values) }
    }

    /// Two families, by their indices, the first the better by its average rank.
    public struct Pair: Sendable, Equatable {
        public let first: Int
        public let second: Int
        /// Which is better, found at the level that all pairs share.
        public let sequential: SequentialComparison
        /// Of Wilcoxon's signed-rank test, adjusted for all pairs by Holm's method.
        public let probability: Double
        /// That a value of the first is lower than one of the second on the same problem, ties counted half.
        public let probabilityOfLower: Double
        /// First minus second, in standard deviations of normal scores, higher is better; with a 95 % interval.
        public let difference: PairedBootstrap
        /// With less than a restart is worth as the region of practical equivalence.
        public let bayesian: BayesianSignedRank
    }

    public let families: [String]
    /// Blocks, and what statistics count: problems or blocks.
    public let blocks: Int
    public let units: Int
    public let countsProblems: Bool
    public let ranks: AverageRanks
    /// Nemenyi's, at the level.
    public let criticalDifference: Double
    /// Of telling apart families that do not differ.
    public let level: Double
    /// Normal scores that the better of two searches gains on one: what a restart is worth.
    public let restart: Double
    /// All pairs.
    public let pairs: [Pair]

    /// Problems from which on a problem counts once.
    public static let problemsThatCount = 5

    /// - Parameters:
    ///   - blocks: in the order in which they were, or will be, looked at.
    ///   - stream: chance of the resampling.
    /// - Returns: nil with fewer than two families or two units, where there is nothing to compare.
    public init?(
        _ families: [String], _ blocks: [Block], level: Double = 0.05, stream: RandomStream = RandomStream(seed: 1)
    ) {
        precondition(blocks.allSatisfy { $0.values.count == families.count }, "a value for each of \(families)")
        let problems = Set(blocks.map(\.problem)).sorted()
        let scores = Self.scores(blocks, problems)
        countsProblems = problems.count >= Self.problemsThatCount
        let ranked = blocks.map { AverageRanks.ranks($0.values) }
        let (rankUnits, scoreUnits) =
            countsProblems
            ? (Self.means(ranked, blocks, problems), Self.means(scores, blocks, problems)) : (ranked, scores)
        guard families.count >= 2, rankUnits.count >= 2 else { return nil }
        self.families = families
        self.blocks = blocks.count
        self.level = level
        units = rankUnits.count
        ranks = AverageRanks(rankUnits)
        criticalDifference = ranks.criticalDifference(level: level)
        restart = Self.restart(scores, blocks, problems)
        pairs = Self.pairs(families.count, ranks, blocks, problems, scoreUnits, level: level, restart, stream)
    }

    /// Families by average rank, the best first.
    public var order: [Int] { families.indices.sorted { (ranks.means[$0], $0) < (ranks.means[$1], $1) } }

    /// Whether the first of two families is found to be better.
    public func beats(_ first: Int, _ second: Int) -> Bool {
        pairs.contains {
            ($0.first, $0.second) == (first, second) && $0.sequential.finding == .first
                || ($0.first, $0.second) == (second, first) && $0.sequential.finding == .second
        }
    }

    /// Normal scores within a problem, of all families and blocks together: higher is better.
    private static func scores(_ blocks: [Block], _ problems: [Int]) -> [[Double]] {
        var scores = [[Double]](repeating: [], count: blocks.count)
        for problem in problems {
            let own = blocks.indices.filter { blocks[$0].problem == problem }
            var pool = NormalScores()
            pool.add(own.flatMap { blocks[$0].values })
            pool.rank()
            let width = blocks[own[0]].values.count
            for (place, block) in own.enumerated() {
                scores[block] = Array(pool.scores[place * width..<(place + 1) * width])
            }
        }
        return scores
    }

    /// Over the blocks of every problem, family by family.
    private static func means(_ rows: [[Double]], _ blocks: [Block], _ problems: [Int]) -> [[Double]] {
        problems.map { problem in
            let own = rows.indices.filter { blocks[$0].problem == problem }.map { rows[$0] }
            return own[0].indices.map { family in own.reduce(0) { $0 + $1[family] } / Double(own.count) }
        }
    }

    /// s / sqrt(pi), with s^2 the variance of the scores of a family on a problem, over all of them.
    private static func restart(_ scores: [[Double]], _ blocks: [Block], _ problems: [Int]) -> Double {
        var (squares, freedom) = (0.0, 0.0)
        for problem in problems {
            let own = scores.indices.filter { blocks[$0].problem == problem }.map { scores[$0] }
            for family in own[0].indices {
                let mean = own.reduce(0) { $0 + $1[family] } / Double(own.count)
                squares += own.reduce(0) { $0 + ($1[family] - mean) * ($1[family] - mean) }
                freedom += Double(own.count - 1)
            }
        }
        return (squares / max(freedom, 1) / Double.pi).squareRoot()
    }

    private static func pairs(
        _ count: Int, _ ranks: AverageRanks, _ blocks: [Block], _ problems: [Int], _ scores: [[Double]], level: Double,
        _ restart: Double, _ stream: RandomStream
    ) -> [Pair] {
        let all = (0..<count).flatMap { a in (a + 1..<count).map { b in (a, b) } }.map { a, b in
            (ranks.means[a], a) <= (ranks.means[b], b) ? (a, b) : (b, a)
        }
        let differences = all.map { a, b in scores.map { $0[a] - $0[b] } }
        let probabilities = SignedRank.holm(differences.map { SignedRank($0).probability })
        return all.indices.map { index in
            let (a, b) = all[index]
            var sequential = SequentialComparison(level: level / Double(all.count))
            for block in blocks { sequential.add(first: block.values[a], second: block.values[b]) }
            let lower = problems.reduce(0) { sum, problem in
                let own = blocks.filter { $0.problem == problem }
                return sum + Outer.probabilityOfLower(own.map { $0.values[a] }, than: own.map { $0.values[b] })
            }
            var chance = stream.split(.comparison, a, b)
            return Pair(
                first: a, second: b, sequential: sequential, probability: probabilities[index],
                probabilityOfLower: lower / Double(problems.count),
                difference: PairedBootstrap(differences[index], using: &chance),
                bayesian: BayesianSignedRank(differences[index], region: restart, stream: chance.split(.noise)))
        }
    }
}
