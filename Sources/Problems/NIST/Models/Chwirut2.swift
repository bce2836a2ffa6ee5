import RealModule

/// y = exp(-b1 x) / (b2 + b3 x): ultrasonic calibration; 54 observations, lower difficulty.
///
/// - SeeAlso: Chwirut (197?), NIST StRD, Ultrasonic reference block study
extension NISTProblem {
    /// Box: y falls and is positive, so all three are. y falls from 93 to 4 over x = 0.5 ... 6, less than e-fold a
    /// unit: 0 ... 1 for b1. 1 / b2, the response at x = 0, is far above 10: 0 ... 0.1; so for b3, its change per unit.
    public static let chwirut2 = NISTProblem(
        PackageResources.Chwirut2_dat, box: [0...1, 0...0.1, 0...0.1]
    ) { b, data in
        data.residualSumOfSquares { x in Double.exp(-b[1] * x) / (b[2] + b[3] * x) }
    }
}
