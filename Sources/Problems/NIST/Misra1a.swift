import RealModule

/// y = b1 (1 - exp(-b2 x)): dental research, monomolecular adsorption.
///
/// Box: the plateau b1 is positive and at most ten times the largest response (81.8); the rate b2 is at most one over the least x.
public enum Misra1a: RegressionModel {
    public static var data: [UInt8] { PackageResources.Misra1a_dat }
    public static let summary = "b1 (1 - exp(-b2 x)), 14 observations"
    public static let box: [ClosedRange<Double>] = [0...1000, 0...0.01]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        b[0] * (1 - .exp(-b[1] * x))
    }
}
