import Inner
import RealModule

/// f(x) = sum 418.98... - g(z_j),  g(z) = z sin(sqrt |z|),  z = R (x - o) + 420.96...
///
/// The best basin is far from the second best. Beyond |z| = 500, where the classical function falls without bound,
/// g is reflected and pays (|z| - 500)^2 / (10^4 d), so that a rotated instance keeps its optimum.
/// - SeeAlso: Schwefel (1981), ISBN 0-471-09988-0; continuation: Liang, Qu & Suganthan (2013), CEC 2014 problem
///   definitions
public struct Schwefel: BenchmarkFunction {
    public let name = "schwefel"
    public let box: Box
    private let transform: Transform

    /// Where g is greatest on |z| <= 500, and g there.
    static let peak = 420.96874635998203
    static let height = 418.98288727243371

    public init(dimension: Int, instance: Int) {
        box = Box(-500...500, dimension: dimension)
        transform = Transform(number: 7, instance: instance, in: box, classical: Self.peak)
    }

    public var optimumPoint: [Double] { transform.optimum }

    public func makeObjective() -> some Objective {
        SchwefelObjective(rows: TransformedRows(transform), dimension: dimension)
    }

    /// g, continued beyond |z| = 500.
    @inline(__always)
    static func wave(_ z: Double, dimension: Double) -> Double {
        let magnitude = z.magnitude
        guard magnitude > 500 else { return z * Double.sin(magnitude.squareRoot()) }
        let reflected = 500 - magnitude.truncatingRemainder(dividingBy: 500)
        let excess = magnitude - 500
        let value = reflected * Double.sin(reflected.squareRoot())
        return (z > 0 ? value : -value) - excess * excess / (10_000 * dimension)
    }
}

struct SchwefelObjective: Objective {
    var rows: TransformedRows
    let dimension: Int

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        let dimension = self.dimension
        rows.evaluate(points, into: &values) { y in
            var sum = 0.0
            forEachCoordinate(of: y, dimension: dimension) { _, difference in
                let wave = Schwefel.wave(difference + Schwefel.peak, dimension: Double(dimension))
                sum += max(Schwefel.height - wave, 0)  // never negative but for rounding
            }
            return sum
        }
    }
}
