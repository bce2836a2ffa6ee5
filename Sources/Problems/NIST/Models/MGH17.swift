import RealModule

/// y = b1 + b2 exp(-b4 x) + b3 exp(-b5 x): two exponentials that nearly cancel; 33 observations, average difficulty.
///
/// - SeeAlso: Osborne (1972), in Numerical Methods for Non-linear Optimization, pp. 171-189; More, Garbow & Hillstrom
///   (1981), doi:10.1145/355934.355936 (problem 17)
extension NISTProblem {
    /// Box: b1, the limit of y (0.4 ... 0.94) for large x, has its scale: 0 ... 1. Start values give b2 a plus and b3 a
    /// minus; each is at most ten times y. Rates are positive and nothing happens within one spacing of x (10):
    /// 0 ... 0.1.
    public static let mgh17 = NISTProblem(
        PackageResources.MGH17_dat, box: [0...1, 0...10, -10...0, 0...0.1, 0...0.1]
    ) { b, data in
        data.residualSumOfSquares { x in b[1] + b[2] * Double.exp(-x * b[4]) + b[3] * Double.exp(-x * b[5]) }
    }
}
