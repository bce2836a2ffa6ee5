/// f(z) = sum 100 (z_{j+1} - z_j^2)^2 + (1 - z_j)^2: a bent valley.
///
/// - SeeAlso: Rosenbrock (1960), doi:10.1093/comjnl/3.3.175
public enum Rosenbrock: BenchmarkFormula {
    public static let name = "rosenbrock"
    public static let summary = "a long bent valley"
    public static let number = 3
    public static let interval = -30.0...30.0
    public static let leastDimension = 2
    public static let minimiser = 1.0

    public static func value(_ z: Span<Double>) -> Double {
        var sum = 0.0
        for j in 0..<z.count - 1 {
            let (step, rest) = (z[j + 1] - z[j] * z[j], 1 - z[j])
            sum += 100 * step * step + rest * rest
        }
        return sum
    }
}
