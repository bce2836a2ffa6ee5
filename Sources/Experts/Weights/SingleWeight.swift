/// Single precision, added up in single precision.
enum SingleWeight: Weight {
    @inline(__always)
    static func number(_ bits: UInt32) -> Float { Float(bitPattern: bits) }
    @inline(__always)
    static func bits(_ number: Float) -> UInt32 { number.bitPattern }
}
