import CSimd
import Inner

/// f(x) = sum z_j^2 + 10 (1 - cos(2 pi z_j)),  z = R (x - o).
///
/// - SeeAlso: Muehlenbein, Schomisch & Born (1991), doi:10.1016/S0167-8191(05)80052-3
public struct Rastrigin: BenchmarkFunction {
    public let name = "rastrigin"
    public let box: Box
    private let transform: Transform

    public init(dimension: Int, instance: Int) {
        box = Box(-5.12...5.12, dimension: dimension)
        transform = Transform(number: 4, instance: instance, in: box)
    }

    public var optimumPoint: [Double] { transform.optimum }

    public func makeObjective() -> some Objective { RastriginObjective(rows: TransformedRows(transform)) }
}

struct RastriginObjective: Objective {
    var rows: TransformedRows

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        rows.evaluate(points, into: &values) { z in
            var sum = Lanes.zero
            for block in z.indices {
                let ripple = knee_mul(knee_splat(10), oneMinusCosine(turns: z[block]))
                sum = knee_add(sum, knee_add(knee_mul(z[block], z[block]), ripple))
            }
            return knee_sum(sum)
        }
    }
}
