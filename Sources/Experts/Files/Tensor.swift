/// A tensor in memory, to be written.
public struct Tensor: Sendable, Equatable {
    public let name: String
    public let type: ElementType
    /// Its extents, the outermost first; empty for a single number.
    public let shape: [Int]
    /// Its elements, row by row, as they stand in a file.
    public let bytes: [UInt8]

    /// - Precondition: as many bytes as type and shape take.
    public init(name: String, type: ElementType, shape: [Int], bytes: [UInt8]) {
        precondition(
            (try? TensorEntry.bytes(name, type, shape)) == bytes.count,
            "\(bytes.count) bytes are no tensor \(name) of shape \(shape) and type \(type.rawValue)")
        (self.name, self.type, self.shape, self.bytes) = (name, type, shape, bytes)
    }

    /// - Parameter values: the elements, row by row. Other types than `float64` are rounded from single precision.
    /// - Precondition: a type that can be merged, and as many values as the shape has elements.
    public init(name: String, type: ElementType, shape: [Int], values: [Double]) {
        guard let weight = type.weight else { preconditionFailure("\(type.rawValue) is no type of weights") }
        self.init(name: name, type: type, shape: shape, bytes: weight.stored(values))
    }
}
