import RealModule

/// y = b1 + b2 exp(-b4 x) + b3 exp(-b5 x): a sum of exponentials, ill-conditioned.
///
/// Box: responses are below 1, so a rising and a falling exponential of up to ten times that partly cancel; rates up to 0.1, since the
/// data run from 0 to 320.
public enum MGH17: RegressionModel {
    public static var data: [UInt8] { PackageResources.MGH17_dat }
    public static let summary = "b1 + b2 exp(-b4 x) + b3 exp(-b5 x), 33 observations"
    public static let box: [ClosedRange<Double>] = [-10...10, 0...10, -10...0, 0...0.1, 0...0.1]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        b[0] + b[1] * .exp(-b[3] * x) + b[2] * .exp(-b[4] * x)
    }
}
