import RealModule

/// y = exp(-b1 x) / (b2 + b3 x): ultrasonic calibration.
///
/// Box: all positive, since the response falls; a rate of 1 empties it within the first unit of x, and 1 / b2, the response at 0,
/// is above 10.
public enum Chwirut2: RegressionModel {
    public static var data: [UInt8] { PackageResources.Chwirut2_dat }
    public static let summary = "exp(-b1 x) / (b2 + b3 x), 54 observations"
    public static let box: [ClosedRange<Double>] = [0...1, 0...0.1, 0...0.1]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        .exp(-b[0] * x) / (b[1] + b[2] * x)
    }
}
