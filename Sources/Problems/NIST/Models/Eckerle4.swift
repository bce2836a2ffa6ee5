import RealModule

/// y = b1 / b2 exp(-((x - b3) / b2)^2 / 2): one narrow peak of transmittance; 35 observations, higher difficulty.
///
/// - SeeAlso: Eckerle (197?), NIST StRD, Circular interference transmittance study
extension NISTProblem {
    /// Box: the peak b3 lies among the wavelengths seen: 400 ... 500. Its width b2 is at least a fifth of their spacing
    /// (5) and at most their range: 1 ... 100. b1, height (0.37) times width, is positive: 0 ... 10, for
    /// widths up to about 25.
    public static let eckerle4 = NISTProblem(
        PackageResources.Eckerle4_dat, box: [0...10, 1...100, 400...500]
    ) { b, data in
        data.residualSumOfSquares { x in
            let u = (x - b[3]) / b[2]
            return b[1] / b[2] * Double.exp(-0.5 * u * u)
        }
    }
}
