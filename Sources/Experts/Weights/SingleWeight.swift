import CWeights

/// Single precision, added up in single precision.
enum SingleWeight: Weight {
    @inline(__always)
    static func number(_ bits: UInt32) -> Float { Float(bitPattern: bits) }
    @inline(__always)
    static func bits(_ number: Float) -> UInt32 { number.bitPattern }

    static func add(
        _ weights: [UnsafeRawPointer?], times coefficients: [Double], count: Int, to sums: UnsafeMutableRawPointer
    ) {
        knee_add_single(weights, coefficients, weights.count, count, sums)
    }

    static func round(_ sums: UnsafeRawPointer, count: Int, into stored: UnsafeMutableRawPointer) {
        knee_round_single(sums, count, stored)
    }
}
