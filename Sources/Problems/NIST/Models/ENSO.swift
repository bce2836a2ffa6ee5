import RealModule

/// y = b1 + b2 cos(2 pi x / 12) + b3 sin(2 pi x / 12) + b5 cos(2 pi x / b4) + b6 sin(2 pi x / b4)
///        + b8 cos(2 pi x / b7) + b9 sin(2 pi x / b7):
/// El Nino, the monthly pressure difference between Easter Island and Darwin; 168 observations, average difficulty.
///
/// - SeeAlso: Kahaner, Moler & Nash (1989), Numerical Methods and Software, pp. 441-445
extension NISTProblem {
    /// Box: b1 is the level of y (0.3 ... 17.6): 0 ... 20. Amplitudes are at most half its range: -10 ... 10. Two
    /// cycles longer than a year, of about 44 and 26 months, are known from meteorology:
    /// b4 in 30 ... 60 and b7 in 15 ... 30.
    public static let enso = NISTProblem(
        PackageResources.ENSO_dat,
        box: [
            0...20, -10...10, -10...10, 30...60, -10...10, -10...10, 15...30, -10...10, -10...10,
        ]
    ) { b, data in
        data.residualSumOfSquares { x in
            let turn = 2 * Double.pi * x
            let year = b[2] * Double.cos(turn / 12) + b[3] * Double.sin(turn / 12)
            let slow = b[5] * Double.cos(turn / b[4]) + b[6] * Double.sin(turn / b[4])
            let fast = b[8] * Double.cos(turn / b[7]) + b[9] * Double.sin(turn / b[7])
            return b[1] + year + slow + fast
        }
    }
}
