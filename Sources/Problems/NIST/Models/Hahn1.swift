/// y = (b1 + b2 x + b3 x^2 + b4 x^3) / (1 + b5 x + b6 x^2 + b7 x^3): thermal expansion of copper; 236 observations,
/// average difficulty.
///
/// - SeeAlso: Hahn (197?), NIST StRD, Copper thermal expansion study
extension NISTProblem {
    /// Box: the scales fall from x^0 to x^3 as the far start values do; each of them at most, with either sign.
    public static let hahn1 = NISTProblem(
        PackageResources.Hahn1_dat,
        box: [-10...10, -1...1, -0.05...0.05, -1e-5...1e-5, -0.05...0.05, -0.001...0.001, -1e-6...1e-6]
    ) { b, data in
        data.residualSumOfSquares { x in
            (b[1] + x * (b[2] + x * (b[3] + x * b[4]))) / (1 + x * (b[5] + x * (b[6] + x * b[7])))
        }
    }
}
