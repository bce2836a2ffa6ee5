import RealModule

/// y = b1 exp(-b2 x) + b3 exp(-(x - b4)^2 / b5^2) + b6 exp(-(x - b7)^2 / b8^2):
/// two strongly blended peaks on a decaying baseline; 250 observations, average difficulty.
///
/// - SeeAlso: Rust (1996), NIST StRD, Gauss3
extension NISTProblem {
    /// Box: heights b1, b3, b6 are positive and of the scale of y (at most 135): 0 ... 200. The peaks b4 and b7 lie
    /// among the x seen: 0 ... 250, in either order, so that the optimum exists twice. Widths b5 and b8 are at least
    /// one spacing of x and less than half its range: 1 ... 100. The rate b2 is positive; at 0.1 the baseline is gone
    /// after a tenth of x.
    public static let gauss3 = NISTProblem(
        PackageResources.Gauss3_dat,
        box: [0...200, 0...0.1, 0...200, 0...250, 1...100, 0...200, 0...250, 1...100]
    ) { b, data in
        data.residualSumOfSquares { x in
            let (u, v) = ((x - b[4]) / b[5], (x - b[7]) / b[8])
            return b[1] * Double.exp(-b[2] * x) + b[3] * Double.exp(-u * u) + b[6] * Double.exp(-v * v)
        }
    }
}
