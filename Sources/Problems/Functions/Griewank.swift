import Inner
import RealModule

/// f(x) = sum z_j^2 / 4000 + (1 - prod cos(z_j / sqrt(j))),  j = 1 ... d,  z = R (x - o).
///
/// - SeeAlso: Griewank (1981), doi:10.1007/BF00933356
public struct Griewank: BenchmarkFunction {
    public let name = "griewank"
    public let box: Box
    private let transform: Transform

    public init(dimension: Int, instance: Int) {
        box = Box(-600...600, dimension: dimension)
        transform = Transform(number: 6, instance: instance, in: box)
    }

    public var optimumPoint: [Double] { transform.optimum }

    public func makeObjective() -> some Objective {
        GriewankObjective(rows: TransformedRows(transform), roots: (1...dimension).map { Double($0).squareRoot() })
    }
}

struct GriewankObjective: Objective {
    var rows: TransformedRows
    /// sqrt(j).
    let roots: [Double]

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        let roots = self.roots
        rows.evaluate(points, into: &values) { z in
            var product = 1.0
            forEachCoordinate(of: z, dimension: roots.count) { j, z in product *= Double.cos(z / roots[j]) }
            return squaredNorm(z) / 4000 + (1 - product)
        }
    }
}
