import RealModule

/// f(z) = 1 + sum z_j^2 / 4000 - prod cos(z_j / sqrt(j)): shallow ripples on a wide bowl.
///
/// - SeeAlso: Griewank (1981), doi:10.1007/BF00933356
public enum Griewank: BenchmarkFormula {
    public static let name = "griewank"
    public static let summary = "shallow ripples on a wide bowl"
    public static let number = 6
    public static let interval = -600.0...600.0

    public static func value(_ z: Span<Double>) -> Double {
        var (squares, product) = (0.0, 1.0)
        for j in z.indices {
            squares += z[j] * z[j]
            product *= Double.cos(z[j] / Double(j + 1).squareRoot())
        }
        return squares / 4000 + (1 - product)
    }
}
