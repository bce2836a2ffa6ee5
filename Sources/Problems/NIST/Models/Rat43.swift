import RealModule

/// y = b1 / (1 + exp(b2 - b3 x))^(1 / b4): sigmoidal growth of onions; 15 observations, higher difficulty.
///
/// - SeeAlso: Ratkowsky (1983), Nonlinear Regression Modeling, pp. 62 and 88
extension NISTProblem {
    /// Box: b1 is the final weight, twice the heaviest (725) at most: 0 ... 1500. The rate b3 is positive and nothing
    /// happens within half a unit of time: 0 ... 2. b2 is b3 times a time within the data (1 ... 15): 0 ... 20, twice
    /// its larger start. The shape b4 is 1 for a logistic curve: a factor of ten either way.
    public static let rat43 = NISTProblem(
        PackageResources.Rat43_dat, box: [0...1500, 0...20, 0...2, 0.1...10]
    ) { b, data in
        data.residualSumOfSquares { x in b[1] / Double.pow(1 + Double.exp(b[2] - b[3] * x), 1 / b[4]) }
    }
}
