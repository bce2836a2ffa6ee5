/// f(z) = sum z_j^2
///
/// - SeeAlso: De Jong (1975), An analysis of the behavior of a class of genetic adaptive systems, University of Michigan.
public enum Sphere: BenchmarkFormula {
    public static let name = "sphere"
    public static let summary = "sum of squares: the easiest"
    public static let number = 1
    public static let interval = -100.0...100.0

    public static func value(_ z: Span<Double>) -> Double {
        var sum = 0.0
        for j in z.indices { sum += z[j] * z[j] }
        return sum
    }
}
