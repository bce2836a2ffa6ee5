import RealModule

/// y = b1 exp(-b2 x) + b3 exp(-((x - b4) / b5)^2) + b6 exp(-((x - b7) / b8)^2): two blended peaks on a decay.
///
/// Box: heights up to 200, beyond the largest response; both centres within the data (1 to 250); widths from 5 to 100; a decay of 0.1
/// would be over within the first tenth.
public enum Gauss3: RegressionModel {
    public static var data: [UInt8] { PackageResources.Gauss3_dat }
    public static let summary = "two Gaussian peaks on an exponential decay, 250 observations"
    public static let box: [ClosedRange<Double>] = [0...200, 0...0.1, 0...200, 1...250, 5...100, 0...200, 1...250, 5...100]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        let (first, second) = ((x - b[3]) / b[4], (x - b[6]) / b[7])
        return b[0] * .exp(-b[1] * x) + b[2] * .exp(-first * first) + b[5] * .exp(-second * second)
    }
}
