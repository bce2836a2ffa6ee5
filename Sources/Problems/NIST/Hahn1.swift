import RealModule

/// y = (b1 + b2 x + b3 x^2 + b4 x^3) / (1 + b5 x + b6 x^2 + b7 x^3): thermal expansion of copper against temperature.
///
/// Box: temperatures reach 850, so each power's coefficient has to be about a hundred times smaller than the one before; signs are not
/// known.
public enum Hahn1: RegressionModel {
    public static var data: [UInt8] { PackageResources.Hahn1_dat }
    public static let summary = "a cubic over a cubic, 236 observations"
    public static let box: [ClosedRange<Double>] = [-10...10, -1...1, -0.01...0.01, -1e-5...1e-5, -0.1...0.1, -1e-3...1e-3, -1e-6...1e-6]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        let numerator = b[0] + x * (b[1] + x * (b[2] + x * b[3]))
        return numerator / (1 + x * (b[4] + x * (b[5] + x * b[6])))
    }
}
