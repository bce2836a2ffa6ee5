import RealModule

/// f(z) = 20 (1 - exp(-0.2 |z| / sqrt(d))) + e - exp(mean cos(2 pi z_j)): a funnel in a rippled plain.
///
/// - SeeAlso: Ackley (1987), A connectionist machine for genetic hillclimbing, doi:10.1007/978-1-4613-1997-9
public enum Ackley: BenchmarkFormula {
    public static let name = "ackley"
    public static let summary = "a funnel in a rippled plain"
    public static let number = 5
    public static let interval = -32.0...32.0

    public static func value(_ z: Span<Double>) -> Double {
        var (squares, waves) = (0.0, 0.0)
        for j in z.indices {
            squares += z[j] * z[j]
            waves += Double.cos(2 * Double.pi * z[j])
        }
        let d = Double(z.count)
        // expMinusOne keeps the digits near the optimum, where both terms are differences of nearly equal numbers.
        return -20 * Double.expMinusOne(-0.2 * (squares / d).squareRoot()) - Double.exp(1) * Double.expMinusOne(waves / d - 1)
    }
}
