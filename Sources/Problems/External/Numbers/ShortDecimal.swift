/// A number without its sign as digits x 10^power: of the shortest that parse back to it, the nearest.
///
/// What makes this fast is that all of it fits: m 5^k for a significand m of 53 bits and k <= 27 has at most 117 bits.
/// So the bounds between which a decimal parses back are exact in 128 bits, without a table of rounded powers.
/// - SeeAlso: Adams (2018), Ryu: fast float-to-string conversion, doi:10.1145/3192366.3192369
struct ShortDecimal {
    /// At most 17, the last of them no zero.
    let digits: UInt64
    let power: Int

    /// - Returns: nil for what would not fit, magnitudes outside of 2^-36 ... 10^15, and for zero and powers of two,
    ///   whose lower neighbour is nearer than the upper one.
    @inline(__always)
    init?(_ number: Double) {
        let fraction = number.significandBitPattern
        guard number.magnitude >= 0x1p-36, number.magnitude < 1e15, fraction != 0 else { return nil }
        // |number| = m 2^exponent
        let m = fraction | 1 << 52
        let exponent = Int(number.exponentBitPattern) - 1075
        // |number| 10^k is in 10^16 ..< 2 10^17: there an integer is always nearer than half the way to a neighbour.
        let k = 16 - ((exponent + 52) * 1233) >> 12
        // |number| 10^k = 2m 5^k / 2^shift, with 0 < shift < 64; half the way to a neighbour is 5^k / 2^shift.
        let shift = UInt64(1 - exponent - k)
        let half = powersOfFive[k]
        let scaled = (2 * m).multipliedFullWidth(by: half)
        var middle = shifted(scaled.high, scaled.low, shift)
        var roundsUp = scaled.low >> (shift - 1) & 1 == 1
        // The integers in low + 1 ... high parse back.
        let (above, carry) = scaled.low.addingReportingOverflow(half - 1)
        var high = shifted(scaled.high + (carry ? 1 : 0), above, shift)
        let (below, borrow) = scaled.low.subtractingReportingOverflow(half)
        var low = shifted(scaled.high - (borrow ? 1 : 0), below, shift)
        // Drops digits as long as one of the shorter numbers is among them.
        var power = -k
        while high / 10 > low / 10 {
            roundsUp = middle % 10 >= 5
            middle /= 10
            high /= 10
            low /= 10
            power += 1
        }
        digits = middle + (roundsUp || middle == low ? 1 : 0)
        self.power = power
    }
}

/// The lower half of a number of 128 bits, shifted down by 1 ... 63.
@inline(__always)
private func shifted(_ high: UInt64, _ low: UInt64, _ shift: UInt64) -> UInt64 {
    high &<< (64 &- shift) | low &>> shift
}

/// 5^0 ... 5^27, all that fit into 64 bits.
let powersOfFive: [UInt64] = [
    1, 5, 25, 125, 625, 3125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125, 244_140_625, 1_220_703_125,
    6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125, 3_814_697_265_625, 19_073_486_328_125,
    95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625, 11_920_928_955_078_125, 59_604_644_775_390_625,
    298_023_223_876_953_125, 1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
]
