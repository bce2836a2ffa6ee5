import CWeights

/// Double precision, added up in double precision.
enum DoubleWeight: Weight {
    @inline(__always)
    static func number(_ bits: UInt64) -> Double { Double(bitPattern: bits) }
    @inline(__always)
    static func bits(_ number: Double) -> UInt64 { number.bitPattern }

    static func add(
        _ weights: [UnsafeRawPointer?], times coefficients: [Double], count: Int, to sums: UnsafeMutableRawPointer
    ) {
        knee_add_double(weights, coefficients, weights.count, count, sums)
    }

    static func round(_ sums: UnsafeRawPointer, count: Int, into stored: UnsafeMutableRawPointer) {
        knee_round_double(sums, count, stored)
    }
}
