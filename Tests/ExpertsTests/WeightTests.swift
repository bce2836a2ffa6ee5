import Experts
import Foundation
import Testing

/// Number formats of 16 bits, as IEEE 754 defines binary formats: sign, exponent and fraction.
struct SixteenBitFormat: CustomTestStringConvertible {
    let type: ElementType
    let exponentBits: Int

    var testDescription: String { type.rawValue }
    private var fractionBits: Int { 15 - exponentBits }
    private var bias: Int { 1 << (exponentBits - 1) - 1 }
    /// The pattern behind the largest finite number's.
    var infinity: UInt16 { UInt16((1 << exponentBits - 1) << fractionBits) }

    /// (-1)^s 2^(e - bias) (1 + f), or (-1)^s 2^(1 - bias) f if e = 0; as if the largest exponent were like any other.
    func value(_ bits: UInt16) -> Double {
        let exponent = Int(bits & 0x7FFF) >> fractionBits
        let fraction = Double(Int(bits) & (1 << fractionBits - 1)) * scalbn(1, -fractionBits)
        let magnitude = exponent == 0 ? scalbn(fraction, 1 - bias) : scalbn(1 + fraction, exponent - bias)
        return bits & 0x8000 == 0 ? magnitude : -magnitude
    }

    static let all = [
        SixteenBitFormat(type: .float16, exponentBits: 5), SixteenBitFormat(type: .bfloat16, exponentBits: 8),
    ]
}

@Suite("Numbers of 16 bits")
struct WeightTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func bits(_ bytes: [UInt8]) -> [UInt16] {
        stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    }

    private func stored(_ values: [Double], _ type: ElementType) -> [UInt16] {
        bits(Tensor(name: "w", type: type, shape: [values.count], values: values).bytes)
    }

    @Test(
        "all 65,536 patterns are the numbers that IEEE 754 says, and are stored as the same patterns",
        arguments: SixteenBitFormat.all)
    func patterns(format: SixteenBitFormat) throws {
        let all = (0...UInt16.max).map { $0 }
        let bytes = all.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let path = try scratch.write(
            [Tensor(name: "w", type: format.type, shape: [65536], bytes: bytes)], as: "all.safetensors")
        let values = try SafetensorsFile(path).values(of: "w")
        let again = stored(values, format.type)
        let wrong = all.filter { pattern in
            let (value, stored) = (values[Int(pattern)], again[Int(pattern)])
            let magnitude = pattern & 0x7FFF
            if magnitude > format.infinity { return !value.isNaN || stored & 0x7FFF <= format.infinity }
            let expected = magnitude == format.infinity ? .infinity : abs(format.value(pattern))
            return abs(value) != expected || (value.sign == .minus) != (pattern & 0x8000 != 0) || stored != pattern
        }
        #expect(wrong.isEmpty)
    }

    @Test(
        "between any two neighbours, numbers are rounded to the nearest, half way to the even one",
        arguments: SixteenBitFormat.all)
    func rounding(format: SixteenBitFormat) {
        let lower = (0..<format.infinity).map { $0 }
        let middle = lower.map { Float((format.value($0) + format.value($0 + 1)) / 2) }
        for sign: Float in [1, -1] {
            let signBit: UInt16 = sign < 0 ? 0x8000 : 0
            let halfWay = stored(middle.map { Double(sign * $0) }, format.type)
            let below = stored(middle.map { Double(sign * $0.nextDown) }, format.type)
            let above = stored(middle.map { Double(sign * $0.nextUp) }, format.type)
            #expect(halfWay == lower.map { signBit | ($0 + $0 & 1) })
            #expect(below == lower.map { signBit | $0 })
            #expect(above == lower.map { signBit | ($0 + 1) })
        }
        #expect(
            stored([.infinity, -.infinity, 1e38 * 4, 0, -0.0], format.type)
                == [format.infinity, format.infinity | 0x8000, format.infinity, 0, 0x8000])
    }

    @Test(
        "combinations of all patterns, and of all neighbours, are what IEEE 754 says: exact sums, rounded to even",
        arguments: SixteenBitFormat.all)
    func combinations(format: SixteenBitFormat) throws {
        func tensor(_ patterns: [UInt16]) -> Tensor {
            let bytes = patterns.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
            return Tensor(name: "w", type: format.type, shape: [patterns.count], bytes: bytes)
        }
        let all = (0...UInt16.max).map { $0 }
        let same = try scratch.merged(scratch.pool([[tensor(all)], [tensor(all)]]), [0.75, 0.25])
        let wrong = zip(all, bits(try same.bytes(of: "w"))).filter { pattern, combined in
            let isNaN = pattern & 0x7FFF > format.infinity
            // From a normal number on, three quarters of it are one too.
            return isNaN ? combined & 0x7FFF <= format.infinity : combined != pattern
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(3))")
        for sign: UInt16 in [0, 0x8000] {
            let lower = (0..<format.infinity - 1).map { $0 | sign }
            let halfWay = try scratch.merged(
                scratch.pool([[tensor(lower)], [tensor(lower.map { $0 + 1 })]]), [0.5, 0.5])
            #expect(bits(try halfWay.bytes(of: "w")) == lower.map { $0 + $0 & 1 })
        }
    }
}
