import Inner

/// A function of the literature, f(x) = g(R (x - o)): moved to an optimum o and turned by a rotation R.
///
/// Instance 0 is the classical function, neither moved nor turned; instances 1, 2, ... are drawn (see `Transform`).
public protocol BenchmarkFunction: PureProblem {
    /// - Precondition: a dimension that the function has, and `instance` >= 0.
    init(dimension: Int, instance: Int)

    /// o, the point inside the box where the least value, 0, is taken.
    var optimumPoint: [Double] { get }
}

extension BenchmarkFunction {
    public var optimum: Double? { 0 }
}
