import CWeights

/// The upper half of a number in single precision, added up in single precision.
enum BrainWeight: Weight {
    @inline(__always)
    static func number(_ bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) &<< 16) }

    @inline(__always)
    static func bits(_ number: Float) -> UInt16 {
        let bits = number.bitPattern
        // Rounding carries into the exponent where it has to; a quiet bit keeps what is not a number from becoming infinite.
        let rounded = (bits &+ 0x7FFF &+ (bits &>> 16 & 1)) &>> 16
        let isNaN = bits & 0x7FFF_FFFF > 0x7F80_0000
        return UInt16(truncatingIfNeeded: isNaN ? bits &>> 16 | 0x40 : rounded)
    }

    static func add(
        _ weights: [UnsafeRawPointer?], times coefficients: [Double], count: Int, to sums: UnsafeMutableRawPointer
    ) {
        knee_add_brain(weights, coefficients, weights.count, count, sums)
    }

    static func round(_ sums: UnsafeRawPointer, count: Int, into stored: UnsafeMutableRawPointer) {
        knee_round_brain(sums, count, stored)
    }
}
