import CSimd
import Inner

/// What is believed about the mean score of every arm: q = m0 + Phi theta, theta ~ N(m, A^-1), A = I + X'X / s2 = U'U.
///
/// Kept as a precision matrix: rows are added exactly, whatever their order of magnitude, and one factorisation a
/// decision gives mean and draws. Its variance is epistemic only; the scatter between seeds (`Beliefs.seedVariance`) is
/// aleatoric.
public struct Posterior: Sendable {
    private let space: ArmSpace
    private let features: Features
    private let factor: CholeskyFactor
    /// U m: the solution before back-substitution.
    private let half: [Lanes]
    /// m0 of every point.
    private let prior: PriorMean

    /// - Parameter right: X'r / s2, r what scores exceed m0 by.
    init(_ space: ArmSpace, _ features: Features, prior: PriorMean, precision: PrecisionMatrix, right: [Lanes]) {
        self.prior = prior
        self.space = space
        self.features = features
        factor = CholeskyFactor(precision)
        half = factor.solveTransposed(right)
    }

    /// E[q] of every arm.   - Complexity: O(arms d).
    public func mean() -> [Double] { means(factor.solve(half)) }

    /// One draw of E[q] for every arm, jointly, `width` times as far from the mean.   - Complexity: O(arms d).
    public func draw(width: Double = 1, using stream: inout RandomStream) -> [Double] {
        means(drawTheta(width: width, using: &stream))
    }

    /// E[q] of every arm, and one draw of it `width` times as far from the mean, in the time of little more than one.
    func meanAndDraw(width: Double, using stream: inout RandomStream) -> (mean: [Double], draw: [Double]) {
        let both = means([factor.solve(half), drawTheta(width: width, using: &stream)])
        return (both[0], both[1])
    }

    /// So many draws, one after the other.
    func draws(_ count: Int, using stream: inout RandomStream) -> [[Double]] {
        means((0..<count).map { _ in drawTheta(using: &stream) })
    }

    private func drawTheta(width: Double = 1, using stream: inout RandomStream) -> [Lanes] {
        var shifted = half
        for (feature, value) in stream.normals(features.count).enumerated() {
            shifted[feature / 8][feature % 8] += width * value
        }
        return factor.solve(shifted)
    }

    /// E[q] of every arm if X'r / s2 were larger by `shift`.   - Complexity: O(arms d).
    func mean(shiftedBy shift: [Lanes]) -> [Double] {
        let change = factor.solveTransposed(shift)
        return means(factor.solve(half.indices.map { knee_add(half[$0], change[$0]) }))
    }

    /// The covariance of every arm's E[q] with the difference between those of arms `a` and `b`.
    ///
    /// - Complexity: O(d^2 + arms d).
    package func covariances(withDifferenceOf a: Int, and b: Int) -> [Double] {
        let (x, y) = (row(of: a), row(of: b))
        return scores(of: factor.solve(factor.solveTransposed(x.indices.map { knee_sub(x[$0], y[$0]) })))
    }

    /// The joint law of a few arms: the factor L of their covariance L L', one row an arm.
    ///
    /// - Complexity: O(k d^2 + k^2 d).
    package func jointFactor(_ arms: [Int]) -> [[Double]] {
        let columns = factor.solveTransposed(arms.map(row(of:)))
        var lower = arms.map { _ in [Double](repeating: 0, count: arms.count) }
        for i in arms.indices {
            for j in 0...i {
                let (x, y) = (columns[i], columns[j])
                var value = dot(x.span, 0, y.span, 0, blocks: features.blocks)
                for k in 0..<j { value -= lower[i][k] * lower[j][k] }
                // Arms that the features cannot tell apart have no variance left of their own.
                lower[i][j] = i == j ? max(value, 0).squareRoot() : (lower[j][j] > 1e-9 ? value / lower[j][j] : 0)
            }
        }
        return lower
    }

    /// Posterior standard deviation of E[q] of one arm: epistemic.
    public func deviation(of arm: Int) -> Double {
        let column = factor.solveTransposed(row(of: arm))
        return dot(column.span, 0, column.span, 0, blocks: features.blocks).squareRoot()
    }

    /// m0 + Phi theta.
    private func means(_ theta: [Lanes]) -> [Double] { means([theta])[0] }

    private func means(_ thetas: [[Lanes]]) -> [[Double]] {
        features.scores(of: thetas).map { zip($0, prior.ofArms).map { $0 + $1 } }
    }

    /// Phi theta.
    private func scores(of theta: [Lanes]) -> [Double] { features.scores(of: [theta])[0] }

    private func row(of arm: Int) -> [Lanes] {
        let (configuration, level) = (arm / space.levels, arm % space.levels)
        return features.row(configuration * space.checkpointCount + space.checkpoint(ofLevel: level))
    }
}
