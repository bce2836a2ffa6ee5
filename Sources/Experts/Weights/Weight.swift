import CWeights

/// How a number is stored, and in which precision it is added up.
///
/// Bit arithmetic without a branch: it becomes vector instructions on every CPU, and the same bits.
protocol Weight {
    associatedtype Bits: FixedWidthInteger & BitwiseCopyable
    associatedtype Sum: BinaryFloatingPoint & BitwiseCopyable

    static func number(_ bits: Bits) -> Sum
    /// The nearest number that can be stored, ties to even.
    static func bits(_ number: Sum) -> Bits

    /// sums += c_0 w_0, then c_1 w_1, and so on.
    ///
    /// - Parameters:
    ///   - weights: of every expert, `count` numbers, at any address.
    ///   - count: what lies behind so many numbers, up to a multiple of `weightGroup`, is read and written too.
    static func add(
        _ weights: [UnsafeRawPointer?], times coefficients: [Double], count: Int, to sums: UnsafeMutableRawPointer)
    static func round(_ sums: UnsafeRawPointer, count: Int, into stored: UnsafeMutableRawPointer)

    // Requirements, so that there is a compiled loop for every type. Pointers are aligned to what they point to.
    static func clear(_ sums: UnsafeMutableRawPointer, count: Int)
    static func nonFiniteCount(_ stored: UnsafeRawPointer, count: Int) -> Int
    static func numbers(_ bytes: UnsafeRawBufferPointer) -> [Double]
    static func stored(_ values: [Double]) -> [UInt8]
}

/// Numbers that are combined at a time.
let weightGroup = Int(KNEE_WEIGHT_GROUP)

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
