import Inner
import RealModule

/// What fresh searches of a learned configuration say about its knee.
///
/// A posterior that also chose what to look at is too sure of what it chose; searches that nothing was chosen by are not.
/// With scores z of m searches at J budgets, an octave apart, their mean zbar and covariance S:
///
///     S2 = ((m - 1) S + 4 s^2 R) / (m + 3),   R_jk = 0.9^|j - k|
///     mu = zbar + t_(m+3) chol(S2) eps / sqrt(m),   knee = argmax_j mu_j - lambda j
///
/// or, for another goal, the argmax of that one's utility.
///
/// Four searches' worth of a smooth prior keep S2 regular. The two-thirds rule beside it counts pairs and assumes nothing.
/// - SeeAlso: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 3.6 (multivariate t).
public struct KneeConfirmation: Sendable, Equatable, Codable {
    /// Evaluations of the searches, from the least budget on.
    public let budgets: [Int]
    public let searches: Int
    /// Median, 5 % and 95 % points of the knee, in evaluations.
    public let median: Int
    public let low: Int
    public let high: Int
    /// Probability that the knee is the largest of the budgets, or beyond.
    public let massAtLargest: Double
    /// For every budget but the last: the share of pairs of different searches in which the one of twice that budget ends
    /// better, ties counted half.
    public let doublingWins: [Double]
    /// Medians of the best values, without the bias of having been chosen; nil where they have none.
    public let medians: [Double?]

    /// Whether the knee may well lie at the largest budget or beyond. To be told of a knee where the curve still falls is
    /// the worse mistake, so a quarter of the mass is enough: replayed, 96 % of the curves that still fell were told (at a
    /// half 89 %), and 16 % of those that did not (11 %).
    public var isCensored: Bool { massAtLargest > 0.25 }

    static let draws = 4000
    static let correlation = 0.9
    static let priorSearches = 4.0

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
        var pool = NormalScores()
        pool.add(values.flatMap(\.self))
        pool.rank()
        let scores = (0..<m).map { search in Array(pool.scores[search * count..<(search + 1) * count]) }
        let means = (0..<count).map { j in scores.reduce(0) { $0 + $1[j] } / Double(m) }
        let variance = Self.seedVariance(scores, means)
        let deviation = variance.squareRoot()
        let offsets = (0..<count).map { j in
            goal.offset(level: j, budget: budgets[j], seedDeviation: deviation) ?? -.infinity
        }
        var time: RunningTimeUtility?
        if case .target(let value) = goal {
            let weights = [Double](repeating: 1, count: pool.count)
            time = RunningTimeUtility(threshold: pool.threshold(value, weights: weights), seedDeviation: deviation)
        }
        let factor = choleskyFactor(Self.covariance(scores, means, variance))
        var chance = stream
        var knees: [Int] = []
        for _ in 0..<Self.draws {
            let scale = Self.studentScale(degrees: m + 3, using: &chance) / Double(m).squareRoot()
            let noise = (0..<count).map { _ in chance.normal() }
            let drawn = (0..<count).map { j in
                means[j] + scale * (0...j).reduce(0) { $0 + factor[j][$1] * noise[$1] }
            }
            let utilities = zip(time?(drawn) ?? drawn, offsets).map { $0 + $1 }
            knees.append(utilities.firstIndex(of: utilities.max()!)!)
        }
        knees.sort()
        median = budgets[knees[knees.count / 2]]
        low = budgets[knees[knees.count * 5 / 100]]
        high = budgets[knees[knees.count * 95 / 100]]
        massAtLargest = Double(knees.count { $0 == count - 1 }) / Double(knees.count)
        doublingWins = (0..<count - 1).map { Self.wins(of: $0 + 1, over: $0, values) }
        medians = (0..<count).map { j in Self.median(values.map { $0[j] }) }
    }

    /// s^2 = (10 * 0.2 + SS) / (10 + dof) within budgets; those of one search correlate, so they count in part.
    private static func seedVariance(_ scores: [[Double]], _ means: [Double]) -> Double {
        let squares = scores.reduce(0) { sum, row in
            sum + zip(row, means).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        let freedom = Double((scores.count - 1) * means.count)
        let share = Beliefs.independentShare
        return (Beliefs.priorWeight * Beliefs.priorVariance + share * squares) / (Beliefs.priorWeight + share * freedom)
    }

    /// S2, as above.
    private static func covariance(_ scores: [[Double]], _ means: [Double], _ variance: Double) -> [[Double]] {
        means.indices.map { j in
            means.indices.map { k in
                let sum = scores.reduce(0) { $0 + ($1[j] - means[j]) * ($1[k] - means[k]) }
                let prior = priorSearches * variance * Double.pow(correlation, abs(j - k))
                return (sum + prior) / (Double(scores.count) + priorSearches - 1)
            }
        }
    }

    /// sqrt(nu / chi^2_nu): a normal times this is Student's t.
    private static func studentScale(degrees: Int, using chance: inout RandomStream) -> Double {
        var square = 0.0
        for _ in 0..<degrees {
            let x = chance.normal()
            square += x * x
        }
        return (Double(degrees) / square).squareRoot()
    }

    private static func wins(of larger: Int, over smaller: Int, _ values: [[Double]]) -> Double {
        var (wins, pairs) = (0.0, 0.0)
        for i in values.indices {
            for k in values.indices where k != i {
                let (a, b) = (values[i][larger], values[k][smaller])
                wins += a < b ? 1 : a == b ? 0.5 : 0
                pairs += 1
            }
        }
        return wins / pairs
    }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        let middle = 0.5 * (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
        return middle.isFinite ? middle : nil
    }
}

/// The lower factor L of a small positive definite matrix, L L'.   - Complexity: O(n^3).
private func choleskyFactor(_ matrix: [[Double]]) -> [[Double]] {
    var lower = matrix.map { _ in [Double](repeating: 0, count: matrix.count) }
    for i in matrix.indices {
        for j in 0...i {
            let sum = (0..<j).reduce(matrix[i][j]) { $0 - lower[i][$1] * lower[j][$1] }
            lower[i][j] = i == j ? max(sum, 0).squareRoot() : sum / lower[j][j]
        }
    }
    return lower
}
