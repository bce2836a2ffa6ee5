import RealModule

/// The default parameters of CMA-ES for `dimension` = d coordinates and `size` = lambda points, in the tutorial's symbols.
///
/// - SeeAlso: Hansen (2016), The CMA Evolution Strategy: A Tutorial, arXiv:1604.00772, table 1.
package struct CMAESParameters: Sendable {
    /// Recombination weights w_1 >= w_2 ... of the ranks: the first mu are positive and sum to 1, the others negative.
    package let weights: [Double]
    /// The positive ones.
    package let parents: Int
    /// mu_eff, the variance effective selection mass.
    package let mass: Double
    /// Cumulation and damping of the step size: c_sigma, d_sigma.
    package let stepRate: Double
    package let stepDamping: Double
    /// Learning rates of the covariance matrix: c_c of its path, c_1 of the path's square, c_mu of the points'.
    package let pathRate: Double
    package let rankOneRate: Double
    package let rankMuRate: Double
    /// chi = E |N(0, I)|.
    package let normalLength: Double

    /// - Precondition: `size` >= 2.
    package init(dimension: Int, size: Int) {
        precondition(size >= 2, "recombination needs at least two points, not \(size)")
        let d = Double(dimension)
        let raw = (1...size).map { Double.log((Double(size) + 1) / 2) - Double.log(Double($0)) }
        parents = size / 2
        mass = effectiveMass(raw[..<parents])
        let negativeMass = effectiveMass(raw[parents...])

        stepRate = (mass + 2) / (d + mass + 5)
        stepDamping = 1 + 2 * max(0, ((mass - 1) / (d + 1)).squareRoot() - 1) + stepRate
        pathRate = (4 + mass / d) / (d + 4 + 2 * mass / d)
        rankOneRate = 2 / ((d + 1.3) * (d + 1.3) + mass)
        rankMuRate = min(1 - rankOneRate, 2 * (0.25 + mass + 1 / mass - 2) / ((d + 2) * (d + 2) + mass))
        // Accurate to 1e-3 in one dimension, better in more.
        normalLength = d.squareRoot() * (1 - 1 / (4 * d) + 1 / (21 * d * d))

        // Negative weights: no more than keeps the matrix positive definite.
        let bound = min(
            1 + rankOneRate / rankMuRate, 1 + 2 * negativeMass / (mass + 2),
            (1 - rankOneRate - rankMuRate) / (d * rankMuRate))
        let positive = raw.reduce(0) { $0 + max(0, $1) }
        let negative = raw.reduce(0) { $0 - min(0, $1) }
        weights = raw.map { $0 >= 0 ? $0 / positive : bound * $0 / negative }
    }
}

/// (sum of w)^2 / sum of w^2
private func effectiveMass(_ weights: ArraySlice<Double>) -> Double {
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    return squares > 0 ? sum * sum / squares : 0
}
