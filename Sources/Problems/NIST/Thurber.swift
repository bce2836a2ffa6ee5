import RealModule

/// y = (b1 + b2 x + b3 x^2 + b4 x^3) / (1 + b5 x + b6 x^2 + b7 x^3): electron mobility against log density.
///
/// Box: b1 is the response at x = 0, where data lie (about 1290): up to twice that, and the other coefficients of the numerator alike but
/// falling with the power; the denominator must not vanish for x down to -3, so its coefficients fall from 2 to 0.1.
public enum Thurber: RegressionModel {
    public static var data: [UInt8] { PackageResources.Thurber_dat }
    public static let summary = "a cubic over a cubic, 37 observations"
    public static let box: [ClosedRange<Double>] = [0...3000, 0...3000, 0...1000, 0...200, 0...2, 0...1, 0...0.1]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        let numerator = b[0] + x * (b[1] + x * (b[2] + x * b[3]))
        return numerator / (1 + x * (b[4] + x * (b[5] + x * b[6])))
    }
}
