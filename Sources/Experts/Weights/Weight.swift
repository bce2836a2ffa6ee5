/// How a number is stored, and in which precision it is added up.
///
/// Bit arithmetic without a branch: it becomes vector instructions on every CPU, and the same bits.
protocol Weight {
    associatedtype Bits: FixedWidthInteger & BitwiseCopyable
    associatedtype Sum: BinaryFloatingPoint & BitwiseCopyable

    static func number(_ bits: Bits) -> Sum
    /// The nearest number that can be stored, ties to even.
    static func bits(_ number: Sum) -> Bits

    // Requirements, so that there is a compiled loop for every type. Pointers are aligned to what they point to.
    static func scale(
        _ stored: UnsafeRawPointer, by coefficient: Double, count: Int, into sums: UnsafeMutableRawPointer)
    static func add(_ stored: UnsafeRawPointer, times coefficient: Double, count: Int, to sums: UnsafeMutableRawPointer)
    static func round(_ sums: UnsafeRawPointer, count: Int, into stored: UnsafeMutableRawPointer)
    static func nonFiniteCount(_ stored: UnsafeRawPointer, count: Int) -> Int
    static func numbers(_ bytes: UnsafeRawBufferPointer) -> [Double]
    static func stored(_ values: [Double]) -> [UInt8]
}

extension ElementType {
    /// How to calculate with its elements; nil if that is not possible.
    var weight: (any Weight.Type)? {
        switch self {
        case .float64: DoubleWeight.self
        case .float32: SingleWeight.self
        case .float16: HalfWeight.self
        case .bfloat16: BrainWeight.self
        default: nil
        }
    }
}
