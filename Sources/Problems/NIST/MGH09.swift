import RealModule

/// y = b1 (x^2 + b2 x) / (x^2 + b3 x + b4): enzyme kinetics, with a local minimum at infinity.
///
/// Box: all positive, so that there is no pole; b1 is the response for large x and all responses are below 0.2; the others up to ten
/// times that.
public enum MGH09: RegressionModel {
    public static var data: [UInt8] { PackageResources.MGH09_dat }
    public static let summary = "b1 (x^2 + b2 x) / (x^2 + b3 x + b4), 11 observations"
    public static let box: [ClosedRange<Double>] = [0...2, 0...2, 0...2, 0...2]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        b[0] * (x * x + x * b[1]) / (x * x + x * b[2] + b[3])
    }
}
