import RealModule

/// y = b1 (1 - exp(-b2 x)): adsorption; 14 observations, lower difficulty.
///
/// - SeeAlso: Misra (1978), NIST StRD, Dental research monomolecular adsorption study
extension NISTProblem {
    /// Box: b1 is the volume at saturation, above the largest seen (82): 0 ... 1000, twice the larger start. The rate
    /// b2 is positive, and at 0.01 the curve would be flat long before the last pressure (760): 0 ... 0.01.
    public static let misra1a = NISTProblem(PackageResources.Misra1a_dat, box: [0...1000, 0...0.01]) { b, data in
        data.residualSumOfSquares { x in b[1] * (1 - Double.exp(-b[2] * x)) }
    }
}
