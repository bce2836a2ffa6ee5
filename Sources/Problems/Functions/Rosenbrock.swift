import Inner

/// f(x) = sum 100 (z_j^2 - z_(j+1))^2 + (z_j - 1)^2,  j = 1 ... d - 1,  z = R (x - o) + 1.
///
/// The classical optimum is o = (1, ..., 1). From d = 4 on there is a second, local minimum.
/// - SeeAlso: Rosenbrock (1960), doi:10.1093/comjnl/3.3.175
public struct Rosenbrock: BenchmarkFunction {
    public let name = "rosenbrock"
    public let box: Box
    private let transform: Transform

    /// - Precondition: `dimension` >= 2.
    public init(dimension: Int, instance: Int) {
        precondition(dimension >= 2, "the Rosenbrock function needs two coordinates or more, not \(dimension)")
        box = Box(-30...30, dimension: dimension)
        transform = Transform(number: 3, instance: instance, in: box, classical: 1)
    }

    public var optimumPoint: [Double] { transform.optimum }

    public func makeObjective() -> some Objective {
        RosenbrockObjective(rows: TransformedRows(transform), dimension: dimension)
    }
}

struct RosenbrockObjective: Objective {
    var rows: TransformedRows
    let dimension: Int

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        let dimension = self.dimension
        rows.evaluate(points, into: &values) { y in
            var sum = 0.0
            var previous = 0.0
            forEachCoordinate(of: y, dimension: dimension) { j, difference in
                let z = difference + 1
                if j > 0 {
                    let valley = previous * previous - z
                    sum += 100 * valley * valley + (previous - 1) * (previous - 1)
                }
                previous = z
            }
            return sum
        }
    }
}
