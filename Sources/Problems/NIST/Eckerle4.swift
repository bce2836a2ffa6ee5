import RealModule

/// y = b1 / b2 exp(-((x - b3) / b2)^2 / 2): transmittance of an interference filter.
///
/// Box: the centre b3 lies within the data (400 to 500); its width is from 1 to the whole range; the height b1 / b2 is below 1.
public enum Eckerle4: RegressionModel {
    public static var data: [UInt8] { PackageResources.Eckerle4_dat }
    public static let summary = "a Gaussian peak, 35 observations"
    public static let box: [ClosedRange<Double>] = [0...10, 1...100, 400...500]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        let distance = (x - b[2]) / b[1]
        return b[0] / b[1] * .exp(-0.5 * distance * distance)
    }
}
