/// Where a tensor lies in a file, and what it is.
public struct TensorEntry: Sendable, Equatable {
    public let name: String
    public let type: ElementType
    /// Its extents, the outermost first; empty for a single number.
    public let shape: [Int]
    /// Its bytes, counted from the first one behind the header.
    public let range: Range<Int>

    /// Bytes that elements of this type and shape take.
    ///
    /// - Throws: `SafetensorsFlaw` if they are no whole number of bytes, or more than an `Int` holds.
    static func bytes(_ name: String, _ type: ElementType, _ shape: [Int]) throws(SafetensorsFlaw) -> Int {
        var bits = type.bits
        for extent in shape {
            let (product, isTooLarge) = bits.multipliedReportingOverflow(by: extent)
            guard !isTooLarge else { throw .tooLarge(tensor: name, shape: shape) }
            bits = product
        }
        guard bits.isMultiple(of: 8) else { throw .partialByte(tensor: name, bits: bits) }
        return bits / 8
    }
}
