/// Double precision, added up in double precision.
enum DoubleWeight: Weight {
    @inline(__always)
    static func number(_ bits: UInt64) -> Double { Double(bitPattern: bits) }
    @inline(__always)
    static func bits(_ number: Double) -> UInt64 { number.bitPattern }
}
