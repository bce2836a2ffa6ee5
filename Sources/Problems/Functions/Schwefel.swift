import RealModule

/// f(z) = sum g(m) - g(z_j), g(z) = z sin(sqrt|z|): the best minimum lies far from the next best.
///
/// Outside +-500, where a rotated point can fall, g is continued by its mirror image less (|z| - 500)^2 / (10000 d), so that the
/// least value stays 0.
/// - SeeAlso: Schwefel (1981), Numerical Optimization of Computer Models; Liang, Qu & Suganthan (2013), Problem definitions for
///   the CEC 2014 special session (modified Schwefel's function).
public enum Schwefel: BenchmarkFormula {
    public static let name = "schwefel"
    public static let summary = "the best minimum lies far from the next best"
    public static let number = 7
    public static let interval = -500.0...500.0
    /// The maximiser of g on [-500, 500].
    public static let minimiser = 420.968746359982

    public static func value(_ z: Span<Double>) -> Double {
        let peak = g(minimiser)
        var sum = 0.0
        for j in z.indices {
            let excess = z[j].magnitude - 500
            if excess <= 0 {
                sum += peak - g(z[j])
            } else {
                let mirrored = 500 - excess.truncatingRemainder(dividingBy: 500)
                sum += peak - g(z[j] < 0 ? -mirrored : mirrored) + excess * excess / (10000 * Double(z.count))
            }
        }
        return sum
    }

    private static func g(_ z: Double) -> Double { z * Double.sin(z.magnitude.squareRoot()) }
}
