/// Writes numbers as text, one after the other, into memory that its owner has made large enough.
///
/// A Double gets the shortest form that parses back exactly, in the shape of its `description`, at a third of the time:
/// no string is made.
struct NumberText {
    /// Bytes that must be there for a number: it takes 24 at most, and what follows it may be written over for a moment.
    static let room = 48

    private let start: UnsafeMutablePointer<UInt8>
    private var end: UnsafeMutablePointer<UInt8>

    /// - Precondition: `memory` has some.
    init(_ memory: UnsafeMutableBufferPointer<UInt8>) {
        start = memory.baseAddress!
        end = start
    }

    /// Bytes that are written.
    var count: Int { end - start }

    mutating func append(_ text: StaticString) {
        end.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        end += text.utf8CodeUnitCount
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        end.pointee = byte
        end += 1
    }

    mutating func append(_ number: UInt64) { append(number, digits: digitCount(number)) }

    mutating func append(_ number: Double) {
        guard let decimal = ShortDecimal(number) else { return append(described: number) }
        if number < 0 { append(UInt8(ascii: "-")) }
        let count = digitCount(decimal.digits)
        let powerOfFirst = decimal.power + count - 1
        if powerOfFirst < -4 {
            append(decimal.digits, digits: count, ofThemFraction: count - 1)
            append("e-")
            append(UInt64(-powerOfFirst), digits: 2)
        } else if decimal.power < 0 {
            append(decimal.digits, digits: max(count, 1 - decimal.power), ofThemFraction: -decimal.power)
        } else {
            append(decimal.digits * powersOfTen[decimal.power], digits: powerOfFirst + 1)
            append(".0")
        }
    }

    private mutating func append(described number: Double) {
        var text = number.description
        text.withUTF8 {
            end.update(from: $0.baseAddress!, count: $0.count)
            end += $0.count
        }
    }

    /// So many digits, with a point before the last ones.
    @inline(__always)
    private mutating func append(_ number: UInt64, digits: Int, ofThemFraction fraction: Int) {
        append(number, digits: digits)
        guard fraction > 0 else { return }
        // One byte on, all there may be of it.
        let point = UnsafeMutableRawPointer(end - fraction)
        let first = point.loadUnaligned(as: UInt64.self)
        let second = point.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        let third = point.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        point.storeBytes(of: first, toByteOffset: 1, as: UInt64.self)
        point.storeBytes(of: second, toByteOffset: 9, as: UInt64.self)
        point.storeBytes(of: third, toByteOffset: 17, as: UInt64.self)
        point.storeBytes(of: UInt8(ascii: "."), as: UInt8.self)
        end += 1
    }

    /// So many digits, at most 24, with zeros before those that the number has.
    @inline(__always)
    private mutating func append(_ number: UInt64, digits: Int) {
        let (upper, lower) = number.quotientAndRemainder(dividingBy: 100_000_000)
        if digits <= 8 {
            append(eight: lower, last: digits)
        } else if digits <= 16 {
            append(eight: upper, last: digits - 8)
            append(eight: lower, last: 8)
        } else {
            let (top, middle) = upper.quotientAndRemainder(dividingBy: 100_000_000)
            append(eight: top, last: digits - 16)
            append(eight: middle, last: 8)
            append(eight: lower, last: 8)
        }
    }

    /// The last of the eight digits of a number below 10^8.
    @inline(__always)
    private mutating func append(eight number: UInt64, last count: Int) {
        // The first digit in the lowest byte.
        let bytes = (eightDigits(number) | 0x3030_3030_3030_3030) >> UInt64(8 * (8 - count))
        UnsafeMutableRawPointer(end).storeBytes(of: bytes.littleEndian, as: UInt64.self)
        end += count
    }
}

/// The digits of a number below 10^8, one a byte, the first in the lowest: halves, then quarters, then digits, all of
/// them at once.
///
/// - SeeAlso: Khuong (2017), How to print integers really fast, pvk.ca.
@inline(__always)
private func eightDigits(_ number: UInt64) -> UInt64 {
    let halves = number / 10_000 | (number % 10_000) << 32
    // n / 100 = n 10486 / 2^20 for n < 10^4, n / 10 = n 103 / 2^10 for n < 10^2.
    let hundreds = (halves &* 10486) >> 20 & 0x0000_007F_0000_007F
    let quarters = hundreds | (halves &- hundreds &* 100) << 16
    let tens = (quarters &* 103) >> 10 & 0x000F_000F_000F_000F
    return tens | (quarters &- tens &* 10) << 8
}

private func digitCount(_ number: UInt64) -> Int {
    // Zero has a digit as one has. log10(2) is 1233 / 4096, near enough for 64 bits.
    let number = number | 1
    let least = (64 - number.leadingZeroBitCount) * 1233 / 4096
    return least + (number >= powersOfTen[least] ? 1 : 0)
}

private let powersOfTen: [UInt64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
    100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
    10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]
