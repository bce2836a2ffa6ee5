import CWeights

/// Half precision (IEEE 754 binary16), added up in single precision.
enum HalfWeight: Weight {
    /// 2^-14, the least normal number.
    private static var least: UInt32 { 113 &<< 23 }

    @inline(__always)
    static func number(_ bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) &<< 16
        let magnitude = UInt32(bits & 0x7FFF) &<< 13
        let normal = magnitude &+ 112 &<< 23
        let special = magnitude &+ 224 &<< 23
        // m 2^-24 is (2^-14 + m 2^-24) - 2^-14.
        let subnormal = (Float(bitPattern: magnitude &+ least) - Float(bitPattern: least)).bitPattern
        let isSpecial = bits & 0x7C00 == 0x7C00
        let isSubnormal = bits & 0x7C00 == 0
        return Float(bitPattern: sign | (isSpecial ? special : isSubnormal ? subnormal : normal))
    }

    @inline(__always)
    static func bits(_ number: Float) -> UInt16 {
        let sign = number.bitPattern &>> 16 & 0x8000
        let magnitude = number.bitPattern & 0x7FFF_FFFF
        let normal = (magnitude &- 112 &<< 23 &+ 0xFFF &+ (magnitude &>> 13 & 1)) &>> 13
        // Next to 1/2, numbers in single precision are 2^-24 apart, as the subnormal ones in half precision are.
        let subnormal = (Float(bitPattern: magnitude) + 0.5).bitPattern &- Float(0.5).bitPattern
        let notANumber = 0x7E00 | (magnitude &>> 13 & 0x3FF)
        let isNaN = magnitude > 0x7F80_0000
        let isInfinite = magnitude >= 0x4780_0000
        let isSubnormal = magnitude < least
        let rounded = isNaN ? notANumber : isInfinite ? 0x7C00 : isSubnormal ? subnormal : normal
        return UInt16(truncatingIfNeeded: sign | rounded)
    }

    static func add(
        _ weights: [UnsafeRawPointer?], times coefficients: [Double], count: Int, to sums: UnsafeMutableRawPointer
    ) {
        knee_add_half(weights, coefficients, weights.count, count, sums)
    }

    static func round(_ sums: UnsafeRawPointer, count: Int, into stored: UnsafeMutableRawPointer) {
        knee_round_half(sums, count, stored)
    }
}
