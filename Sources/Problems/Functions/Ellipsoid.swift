import CSimd
import Inner
import RealModule

/// f(x) = sum 10^(6 (j - 1) / (d - 1)) z_j^2,  j = 1 ... d,  z = R (x - o): condition number 10^6.
///
/// - SeeAlso: Hansen & Ostermeier (2001), doi:10.1162/106365601750190398
public struct Ellipsoid: BenchmarkFunction {
    public let name = "ellipsoid"
    public let box: Box
    private let transform: Transform

    public init(dimension: Int, instance: Int) {
        box = Box(-100...100, dimension: dimension)
        transform = Transform(number: 2, instance: instance, in: box)
    }

    public var optimumPoint: [Double] { transform.optimum }

    public func makeObjective() -> some Objective {
        let last = Double(max(dimension - 1, 1))
        let weights = (0..<dimension).map { Double.exp10(6 * Double($0) / last) }
        return EllipsoidObjective(rows: TransformedRows(transform), weights: paddedRow(weights))
    }
}

struct EllipsoidObjective: Objective {
    var rows: TransformedRows
    let weights: [Lanes]

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        let weights = self.weights
        rows.evaluate(points, into: &values) { z in
            var sum = Lanes.zero
            for block in z.indices {
                sum = knee_add(sum, knee_mul(weights[block], knee_mul(z[block], z[block])))
            }
            return knee_sum(sum)
        }
    }
}
