import Inner
import RealModule

/// P(X_a > X_b for every other b) of independent X_b ~ N(mean_b, deviation_b^2):
///
///     integral of phi(z) prod over b of Phi((mean_a + deviation_a z - mean_b) / deviation_b) dz
///
/// by the trapezoidal rule on [-6, 6]. Never below 1e-12.
/// - Complexity: O(49 arms); much less where the product vanishes early.
package func leadProbability(of arm: Int, among arms: [Int], means: [Double], deviations: [Double]) -> Double {
    let step = 0.25
    var probability = 0.0
    for i in -24...24 {
        let z = Double(i) * step
        let value = means[arm] + deviations[arm] * z
        var below = 1.0
        for other in arms where other != arm {
            below *= 0.5 * Double.erfc((means[other] - value) / deviations[other] / 2.0.squareRoot())
            if below < 1e-15 { break }
        }
        probability += step * Double.exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() * below
    }
    return min(1, max(1e-12, probability))
}
