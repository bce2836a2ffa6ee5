import Inner

/// f(x) = sum z_j^2,  z = R (x - o).
///
/// - SeeAlso: De Jong (1975), hdl:2027.42/4507 (function F1)
public struct Sphere: BenchmarkFunction {
    public let name: String
    public let box: Box
    private let transform: Transform

    public init(dimension: Int, instance: Int) {
        let box = Box(-100...100, dimension: dimension)
        self.init("sphere", box: box, transform: Transform(number: 1, instance: instance, in: box))
    }

    /// The sphere of another function's box and transform.
    init(_ name: String, box: Box, transform: Transform) {
        self.name = name
        self.box = box
        self.transform = transform
    }

    public var optimumPoint: [Double] { transform.optimum }

    public func makeObjective() -> some Objective { SphereObjective(rows: TransformedRows(transform)) }
}

struct SphereObjective: Objective {
    var rows: TransformedRows

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        rows.evaluate(points, into: &values) { z in squaredNorm(z) }
    }
}
