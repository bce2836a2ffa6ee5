/// y = (b1 + b2 x + b3 x^2 + b4 x^3) / (1 + b5 x + b6 x^2 + b7 x^3): electron mobility; 37 observations, higher
/// difficulty.
///
/// - SeeAlso: Thurber (197?), NIST StRD, Semiconductor electron mobility modeling
extension NISTProblem {
    /// Box: all start values are positive; from 0 to twice the larger one.
    public static let thurber = NISTProblem(
        PackageResources.Thurber_dat, box: [0...2600, 0...3000, 0...1000, 0...150, 0...2, 0...0.8, 0...0.1]
    ) { b, data in
        data.residualSumOfSquares { x in
            (b[1] + x * (b[2] + x * (b[3] + x * b[4]))) / (1 + x * (b[5] + x * (b[6] + x * b[7])))
        }
    }
}
