import RealModule

/// f(z) = sum 10^(6 (j - 1) / (d - 1)) z_j^2: a quadratic of condition 1e6.
///
/// - SeeAlso: Hansen & Ostermeier (2001), doi:10.1162/106365601750190398
public enum Ellipsoid: BenchmarkFormula {
    public static let name = "ellipsoid"
    public static let summary = "a quadratic of condition 1e6"
    public static let number = 2
    public static let interval = -100.0...100.0

    public static func value(_ z: Span<Double>) -> Double {
        let ratio = z.count > 1 ? Double.pow(1e6, 1 / Double(z.count - 1)) : 1
        var (sum, weight) = (0.0, 1.0)
        for j in z.indices {
            sum += weight * z[j] * z[j]
            weight *= ratio
        }
        return sum
    }
}
