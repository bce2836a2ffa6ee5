import Inner
import RealModule

/// The budget of the least expected running time to a target, by fresh searches. With normal scores z of m searches at J budgets,
/// an octave apart, their mean zbar and covariance S:
///
///     S2 = ((m - 1) S + 4 s^2 R) / (m + 3),   R_jk = 0.9^|j - k|
///     mu = zbar + t_(m+3) chol(S2) eps / sqrt(m),   knee = argmax_j of the running time's utility at mu
///
/// Four searches' worth of a smooth prior keep S2 regular.
/// - SeeAlso: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 3.6 (multivariate t).
struct ScoredBudgets {
    private static let correlation = 0.9
    private static let priorSearches = 4.0

    private let searches: Int
    private let means: [Double]
    private let factor: [[Double]]
    private let time: RunningTimeUtility

    /// - Parameters:
    ///   - values: the best value of every search at every budget; infinite where there was none.
    ///   - target: the value to be reached.
    init(_ values: [[Double]], target: Double) {
        let (m, count) = (values.count, values[0].count)
        var pool = NormalScores()
        pool.add(values.flatMap(\.self))
        pool.rank()
        let scores = (0..<m).map { search in Array(pool.scores[search * count..<(search + 1) * count]) }
        let means = (0..<count).map { j in scores.reduce(0) { $0 + $1[j] } / Double(m) }
        let variance = Self.seedVariance(scores, means)
        (searches, self.means) = (m, means)
        let weights = [Double](repeating: 1, count: pool.count)
        time = RunningTimeUtility(
            threshold: pool.threshold(target, weights: weights), seedDeviation: variance.squareRoot())
        factor = choleskyFactor(Self.covariance(scores, means, variance))
    }

    /// Indices of budgets, one a draw.
    func knees(_ draws: Int, using chance: inout RandomStream) -> [Int] {
        (0..<draws).map { _ in
            let scale = Self.studentScale(degrees: searches + 3, using: &chance) / Double(searches).squareRoot()
            let noise = means.map { _ in chance.normal() }
            let drawn = means.indices.map { j in
                means[j] + scale * (0...j).reduce(0) { $0 + factor[j][$1] * noise[$1] }
            }
            let utilities = time(drawn)
            return utilities.firstIndex(of: utilities.max()!)!
        }
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
