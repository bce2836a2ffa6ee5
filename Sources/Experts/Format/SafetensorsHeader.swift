/// What a safetensors file says of its tensors.
///
///     8 bytes  N, little-endian
///     N bytes  {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, "__metadata__": {"key": "value"}}
///     rest     the tensors, row by row, without a hole and without an overlap
///
/// - SeeAlso: https://huggingface.co/docs/safetensors
public struct SafetensorsHeader: Sendable, Equatable {
    /// Bytes a header may have: the limit of the format's own reader.
    public static let longest = 100_000_000
    static let metadataKey = "__metadata__"

    public let metadata: [String: String]
    /// In the order of their bytes.
    public let tensors: [TensorEntry]
    /// Bytes of the file in front of the first tensor.
    public let dataStart: Int
    /// Bytes that all tensors take.
    public var dataBytes: Int { tensors.last?.range.upperBound ?? 0 }

    /// - Parameter file: all bytes of a file.
    /// - Throws: `SafetensorsFlaw`, the first that is found.
    public init(parsing file: Span<UInt8>) throws(SafetensorsFlaw) {
        try self.init(parsing: file, fileBytes: file.count)
    }

    /// - Parameter start: the first bytes of a file, at least up to `end(of:fileBytes:)`.
    init(parsing start: Span<UInt8>, fileBytes: Int) throws(SafetensorsFlaw) {
        dataStart = try Self.end(of: start, fileBytes: fileBytes)
        var text: [UInt8] = []
        text.reserveCapacity(dataStart - 8)
        for byte in 8..<dataStart { text.append(start[byte]) }
        var parser = HeaderParser(text)
        let (metadata, tensors) = try parser.header()
        self.metadata = metadata
        self.tensors = tensors.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        try check(dataBytes: fileBytes - dataStart)
    }

    /// Where the header ends that has these first eight bytes.
    static func end(of start: Span<UInt8>, fileBytes: Int) throws(SafetensorsFlaw) -> Int {
        guard fileBytes >= 8 else { throw .truncated(bytes: fileBytes, needed: 8) }
        var length: UInt64 = 0
        for byte in 0..<8 { length |= UInt64(start[byte]) << (8 * byte) }
        guard length <= UInt64(longest) else { throw .headerTooLong(bytes: length) }
        let end = 8 + Int(length)
        guard fileBytes >= end else { throw .truncated(bytes: fileBytes, needed: end) }
        return end
    }

    private func check(dataBytes: Int) throws(SafetensorsFlaw) {
        var end = 0
        for tensor in tensors {
            let range = tensor.range
            guard range.upperBound <= dataBytes else {
                throw .outOfRange(
                    tensor: tensor.name, begin: range.lowerBound, end: range.upperBound, dataBytes: dataBytes)
            }
            let needed = try TensorEntry.bytes(tensor.name, tensor.type, tensor.shape)
            guard range.count == needed else {
                throw .wrongSize(tensor: tensor.name, bytes: range.count, needed: needed)
            }
            guard range.lowerBound >= end else {
                throw .overlap(tensor: tensor.name, begin: range.lowerBound, previousEnd: end)
            }
            guard range.lowerBound == end else {
                throw .hole(tensor: tensor.name, begin: range.lowerBound, previousEnd: end)
            }
            end = range.upperBound
        }
        guard end == dataBytes else { throw .uncovered(bytes: dataBytes - end, dataBytes: dataBytes) }
    }

    /// Lays tensors out: those of wider elements first, so that each begins at a multiple of its element; then by name.
    ///
    /// - Throws: `SafetensorsFlaw` for a name that occurs twice, and for sizes that cannot be.
    init(
        metadata: [String: String], layingOut tensors: [(name: String, type: ElementType, shape: [Int])]
    ) throws(SafetensorsFlaw) {
        var (entries, names, end) = ([TensorEntry](), Set<String>(), 0)
        for (name, type, shape) in tensors.sorted(by: { Self.isBefore($0, $1) }) {
            guard name != Self.metadataKey, names.insert(name).inserted else { throw .duplicate(name: name) }
            let (next, isTooLarge) = end.addingReportingOverflow(try TensorEntry.bytes(name, type, shape))
            guard !isTooLarge else { throw .tooLarge(tensor: name, shape: shape) }
            entries.append(TensorEntry(name: name, type: type, shape: shape, range: end..<next))
            end = next
        }
        self.metadata = metadata
        self.tensors = entries
        let length = Self.text(metadata, entries).utf8.count
        dataStart = 8 + (length + 7) / 8 * 8
    }

    private static func isBefore(
        _ a: (name: String, type: ElementType, shape: [Int]), _ b: (name: String, type: ElementType, shape: [Int])
    ) -> Bool {
        a.type.bits != b.type.bits ? a.type.bits > b.type.bits : a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }

    /// The bytes in front of the tensors: the length, keys in order of their bytes, spaces up to `dataStart`.
    var encoded: [UInt8] {
        let length = UInt64(dataStart - 8)
        let text = Array(Self.text(metadata, tensors).utf8)
        precondition(text.count <= dataStart - 8, "a header that was laid out, not parsed")
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + text
            + [UInt8](repeating: UInt8(ascii: " "), count: dataStart - 8 - text.count)
    }

    private static func text(_ metadata: [String: String], _ tensors: [TensorEntry]) -> String {
        var members = tensors.map { tensor in
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let (begin, end) = (tensor.range.lowerBound, tensor.range.upperBound)
            return (
                tensor.name,
                "{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],\"data_offsets\":[\(begin),\(end)]}"
            )
        }
        if !metadata.isEmpty { members.append((metadataKey, object(metadata.map { ($0.key, quoted($0.value)) }))) }
        return object(members)
    }

    private static func object(_ members: [(String, String)]) -> String {
        let sorted = members.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        return "{\(sorted.map { "\(quoted($0.0)):\($0.1)" }.joined(separator: ","))}"
    }

    private static func quoted(_ string: String) -> String {
        var quoted = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
