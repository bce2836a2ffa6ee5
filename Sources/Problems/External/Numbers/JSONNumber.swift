/// The number that begins at `place`, which is moved to its end; nil if there is none.
///
/// A number as JSON has them: no plus sign, no leading zero, digits on both sides of a point. What follows it is
/// whoever asks to judge.
/// - SeeAlso: RFC 8259, section 6.
func jsonNumber(in bytes: [UInt8], at place: inout Int) -> Double? {
    let start = place
    var decimal = ReadDecimal()
    let isNegative = bytes.skip(UInt8(ascii: "-"), at: &place)
    if !bytes.skip(UInt8(ascii: "0"), at: &place), decimal.read(bytes, at: &place) == 0 { return nil }
    if bytes.skip(UInt8(ascii: "."), at: &place) {
        let count = decimal.read(bytes, at: &place)
        guard count > 0 else { return nil }
        decimal.power -= count
    }
    if bytes.skip(UInt8(ascii: "e"), at: &place) || bytes.skip(UInt8(ascii: "E"), at: &place) {
        let isSmall = bytes.skip(UInt8(ascii: "-"), at: &place)
        if !isSmall { _ = bytes.skip(UInt8(ascii: "+"), at: &place) }
        var exponent = ReadDecimal()
        guard exponent.read(bytes, at: &place) > 0 else { return nil }
        guard exponent.fits, exponent.digits < 1000 else { return described(bytes[start..<place]) }
        decimal.power += (isSmall ? -1 : 1) * Int(exponent.digits)
    }
    guard decimal.fits, let value = nearestDouble(to: decimal.digits, power: decimal.power) else {
        return described(bytes[start..<place])
    }
    return isNegative ? -value : value
}

private func described(_ text: ArraySlice<UInt8>) -> Double? { Double(String(decoding: text, as: UTF8.self)) }

/// The double that is nearest to digits x 10^power, an even one if two are.
///
/// - Returns: nil for powers outside of -27 ... 0, which do not fit.
private func nearestDouble(to digits: UInt64, power: Int) -> Double? {
    guard power < 0, digits != 0 else { return power == 0 || digits == 0 ? Double(digits) : nil }
    guard power >= -27 else { return nil }
    // digits / 5^-power: as both begin with a one, the quotient has more bits than a double can hold, and what remains
    // only decides which way an exact half goes.
    let divisor = powersOfFive[-power]
    let (up, down) = (digits.leadingZeroBitCount, divisor.leadingZeroBitCount)
    let scaled = digits << UInt64(up)
    let (quotient, remainder) = (divisor << UInt64(down)).dividingFullWidth((scaled >> 1, scaled << 63))
    let rounded = Double(quotient | (remainder == 0 ? 0 : 1))
    return rounded * Double(sign: .plus, exponent: down - up - 63 + power, significand: 1)
}

private struct ReadDecimal {
    var digits: UInt64 = 0
    var power = 0
    /// False once `digits` have become too many.
    private(set) var fits = true

    private static let most = UInt64(999_999_999_999_999_999)

    /// Reads digits; returns how many.
    mutating func read(_ bytes: [UInt8], at place: inout Int) -> Int {
        let start = place
        while place < bytes.count, bytes[place] &- 0x30 < 10 {
            if digits > Self.most { fits = false }
            digits = digits &* 10 &+ UInt64(bytes[place] &- 0x30)
            place += 1
        }
        return place - start
    }
}

extension [UInt8] {
    fileprivate func skip(_ byte: UInt8, at place: inout Int) -> Bool {
        guard place < count, self[place] == byte else { return false }
        place += 1
        return true
    }
}
