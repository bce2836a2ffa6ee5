import RealModule

/// y = b1 / (1 + exp(b2 - b3 x))^(1 / b4): growth of onion bulbs, Richards' curve.
///
/// Box: the plateau b1 up to three times the largest response (708); the midpoint b2 / b3 lies within the data (1 to 15) if both are
/// positive; shapes b4 from 0.1 to 10 are all that is in use.
public enum Rat43: RegressionModel {
    public static var data: [UInt8] { PackageResources.Rat43_dat }
    public static let summary = "b1 / (1 + exp(b2 - b3 x))^(1 / b4), 15 observations"
    public static let box: [ClosedRange<Double>] = [0...2000, 0...20, 0...5, 0.1...10]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        b[0] / .pow(1 + .exp(b[1] - b[2] * x), 1 / b[3])
    }
}
