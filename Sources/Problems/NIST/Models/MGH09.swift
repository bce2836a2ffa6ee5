/// y = b1 (x^2 + x b2) / (x^2 + x b3 + b4): enzyme kinetics; 11 observations, higher difficulty.
///
/// - SeeAlso: Kowalik & Osborne (1968), Methods for Unconstrained Optimization Problems; More, Garbow & Hillstrom
///   (1981), doi:10.1145/355934.355936 (problem 15)
extension NISTProblem {
    /// Box: rates are positive. b1, the limit of y (at most 0.2) for large x, has the scale of y: 0 ... 1. b2 and b3
    /// have the scale of x (at most 4): 0 ... 4; b4 that of its square: 0 ... 16.
    public static let mgh09 = NISTProblem(PackageResources.MGH09_dat, box: [0...1, 0...4, 0...4, 0...16]) { b, data in
        data.residualSumOfSquares { x in b[1] * (x * x + x * b[2]) / (x * x + x * b[3] + b[4]) }
    }
}
