import RealModule

/// f(z) = sum z_j^2 + 10 (1 - cos(2 pi z_j)) = sum z_j^2 + 20 sin^2(pi z_j): local minima on a grid.
///
/// - SeeAlso: Muehlenbein, Schomisch & Born (1991), doi:10.1016/S0167-8191(05)80052-3
public enum Rastrigin: BenchmarkFormula {
    public static let name = "rastrigin"
    public static let summary = "local minima on a grid"
    public static let number = 4
    public static let interval = -5.12...5.12

    public static func value(_ z: Span<Double>) -> Double {
        var sum = 0.0
        for j in z.indices {
            let wave = Double.sin(Double.pi * z[j])
            sum += z[j] * z[j] + 20 * wave * wave
        }
        return sum
    }
}
