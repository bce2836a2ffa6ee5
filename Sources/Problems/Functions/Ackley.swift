import CSimd
import Inner
import RealModule

/// f(x) = 20 (1 - exp(-0.2 sqrt(mean z_j^2))) + e (1 - exp(mean cos(2 pi z_j) - 1)),  z = R (x - o).
///
/// Textbook form, with the constants moved to where nothing cancels near the optimum.
/// - SeeAlso: Ackley (1987), doi:10.1007/978-1-4613-1997-9; Baeck & Schwefel (1993), doi:10.1162/evco.1993.1.1.1
public struct Ackley: BenchmarkFunction {
    public let name = "ackley"
    public let box: Box
    private let transform: Transform

    public init(dimension: Int, instance: Int) {
        box = Box(-32...32, dimension: dimension)
        transform = Transform(number: 5, instance: instance, in: box)
    }

    public var optimumPoint: [Double] { transform.optimum }

    public func makeObjective() -> some Objective {
        AckleyObjective(rows: TransformedRows(transform), dimension: dimension)
    }
}

struct AckleyObjective: Objective {
    var rows: TransformedRows
    let dimension: Int

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        let count = Double(dimension)
        rows.evaluate(points, into: &values) { z in
            var ripple = Lanes.zero
            for block in z.indices { ripple = knee_add(ripple, oneMinusCosine(turns: z[block])) }
            let funnel = Double.expMinusOne(-0.2 * (squaredNorm(z) / count).squareRoot())
            return -20 * funnel - Double.exp(1) * Double.expMinusOne(-knee_sum(ripple) / count)
        }
    }
}
