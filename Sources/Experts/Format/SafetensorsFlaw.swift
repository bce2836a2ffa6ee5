/// What is wrong with a safetensors file. Bytes of the header are counted from its opening brace, bytes of tensors from
/// the end of the header.
public enum SafetensorsFlaw: Error, Equatable, Sendable {
    /// The file ends before its header does.
    case truncated(bytes: Int, needed: Int)
    /// The header says it is longer than `SafetensorsHeader.longest`.
    case headerTooLong(bytes: UInt64)
    /// The header is no JSON of the form that safetensors has.
    case unreadable(byte: Int, expected: String)
    case duplicate(name: String)
    case missingField(tensor: String, field: String)
    case unknownType(tensor: String, type: String)
    /// The elements take more bytes than can be counted.
    case tooLarge(tensor: String, shape: [Int])
    /// Elements of less than a byte do not fill the last one.
    case partialByte(tensor: String, bits: Int)
    /// The offsets end before they begin.
    case reversed(tensor: String, begin: Int, end: Int)
    /// The offsets end behind the file.
    case outOfRange(tensor: String, begin: Int, end: Int, dataBytes: Int)
    /// The offsets span other than what type and shape take.
    case wrongSize(tensor: String, bytes: Int, needed: Int)
    case overlap(tensor: String, begin: Int, previousEnd: Int)
    case hole(tensor: String, begin: Int, previousEnd: Int)
    /// Bytes at the end belong to no tensor.
    case uncovered(bytes: Int, dataBytes: Int)
}
