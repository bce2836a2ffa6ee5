import RealModule

/// y = b1 + yearly cycle + a cycle of b4 months + a cycle of b7 months: pressure difference between Easter Island and Darwin.
///
/// Box: the mean b1 lies within the responses (0.5 to 18), amplitudes are at most their half range; both unknown periods are longer than a
/// year and fit at least twice into the 168 months.
public enum ENSO: RegressionModel {
    public static var data: [UInt8] { PackageResources.ENSO_dat }
    public static let summary = "a mean and three cycles, two of unknown period, 168 observations"
    public static let box: [ClosedRange<Double>] = [0...20, -10...10, -10...10, 13...84, -10...10, -10...10, 13...84, -10...10, -10...10]

    public static func response(_ x: Double, _ b: Span<Double>) -> Double {
        let turn = 2 * Double.pi * x
        let (year, first, second) = (turn / 12, turn / b[3], turn / b[6])
        return b[0] + b[1] * .cos(year) + b[2] * .sin(year) + b[4] * .cos(first) + b[5] * .sin(first)
            + b[7] * .cos(second) + b[8] * .sin(second)
    }
}
