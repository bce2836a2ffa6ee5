/// Reads the JSON of a safetensors header: an object of objects whose form is known, so that nothing nests.
///
/// Stricter than most JSON readers: a name that occurs twice is an error, for readers differ in which one they take.
///
/// - SeeAlso: RFC 8259.
struct HeaderParser {
    private let text: [UInt8]
    private var position = 0

    /// - Parameter text: the header, with the spaces it may be padded with.
    init(_ text: [UInt8]) { self.text = text }

    mutating func header() throws(SafetensorsFlaw) -> (metadata: [String: String], tensors: [TensorEntry]) {
        var (metadata, tensors, names) = ([String: String](), [TensorEntry](), Set<String>())
        guard text.first == UInt8(ascii: "{") else { throw expected("{") }
        while let name = try nextKey(isFirst: names.isEmpty) {
            guard names.insert(name).inserted else { throw .duplicate(name: name) }
            if name == SafetensorsHeader.metadataKey {
                metadata = try strings()
            } else {
                tensors.append(try tensor(name))
            }
        }
        skipSpace()
        guard position == text.count else { throw expected("the end") }
        return (metadata, tensors)
    }

    private mutating func tensor(_ name: String) throws(SafetensorsFlaw) -> TensorEntry {
        var (type, shape, offsets) = (String?.none, [Int]?.none, [Int]?.none)
        var fields = Set<String>()
        while let field = try nextKey(isFirst: fields.isEmpty) {
            guard fields.insert(field).inserted else { throw .duplicate(name: "\(name): \(field)") }
            switch field {
            case "dtype": type = try string()
            case "shape": shape = try numbers()
            case "data_offsets": offsets = try numbers()
            default: throw expected("dtype, shape or data_offsets, not \(field)")
            }
        }
        guard let type else { throw .missingField(tensor: name, field: "dtype") }
        guard let shape else { throw .missingField(tensor: name, field: "shape") }
        guard let offsets else { throw .missingField(tensor: name, field: "data_offsets") }
        guard let elementType = ElementType(rawValue: type) else { throw .unknownType(tensor: name, type: type) }
        guard offsets.count == 2 else { throw expected("two data_offsets of \(name), not \(offsets.count)") }
        guard offsets[0] <= offsets[1] else { throw .reversed(tensor: name, begin: offsets[0], end: offsets[1]) }
        return TensorEntry(name: name, type: elementType, shape: shape, range: offsets[0]..<offsets[1])
    }

    private mutating func strings() throws(SafetensorsFlaw) -> [String: String] {
        var strings: [String: String] = [:]
        while let key = try nextKey(isFirst: strings.isEmpty) {
            let value = try string()
            guard strings.updateValue(value, forKey: key) == nil else {
                throw .duplicate(name: "\(SafetensorsHeader.metadataKey): \(key)")
            }
        }
        return strings
    }

    /// The next key of an object, up to its colon; nil if the object ends instead.
    private mutating func nextKey(isFirst: Bool) throws(SafetensorsFlaw) -> String? {
        if isFirst { try take("{") }
        if takes("}") { return nil }
        if !isFirst { try take(",") }
        let key = try string()
        try take(":")
        return key
    }

    private mutating func numbers() throws(SafetensorsFlaw) -> [Int] {
        var numbers: [Int] = []
        try take("[")
        while !takes("]") {
            if !numbers.isEmpty { try take(",") }
            numbers.append(try number())
        }
        return numbers
    }

    /// A whole number that is not negative.
    private mutating func number() throws(SafetensorsFlaw) -> Int {
        skipSpace()
        let start = position
        while position < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position]) { position += 1 }
        let digits = text[start..<position]
        guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0"),
            let number = Int(String(decoding: digits, as: UTF8.self))
        else {
            position = start
            throw expected("a whole number from 0 to \(Int.max)")
        }
        return number
    }

    private mutating func string() throws(SafetensorsFlaw) -> String {
        try take("\"")
        let start = position
        var bytes: [UInt8] = []
        while position < text.count, text[position] != UInt8(ascii: "\"") {
            guard text[position] >= 0x20 else { throw expected("no control character in a string") }
            if text[position] == UInt8(ascii: "\\") {
                position += 1
                bytes += try escaped()
            } else {
                bytes.append(text[position])
                position += 1
            }
        }
        try take("\"")
        guard let string = String(validating: bytes, as: UTF8.self) else {
            position = start
            throw expected("UTF-8")
        }
        return string
    }

    /// What a backslash and what follows it stand for, in UTF-8.
    private mutating func escaped() throws(SafetensorsFlaw) -> [UInt8] {
        guard position < text.count else { throw expected("an escape") }
        position += 1
        switch text[position - 1] {
        case UInt8(ascii: "\""): return [UInt8(ascii: "\"")]
        case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
        case UInt8(ascii: "/"): return [UInt8(ascii: "/")]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try escapedScalar()).utf8)
        default:
            position -= 1
            throw expected("an escape")
        }
    }

    /// Four hexadecimal digits, or eight of a surrogate pair.
    private mutating func escapedScalar() throws(SafetensorsFlaw) -> Character {
        let start = position
        var code = try codeUnit()
        if (0xD800..<0xDC00).contains(code), position + 1 < text.count, text[position] == UInt8(ascii: "\\"),
            text[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let low = try codeUnit()
            code = (0xDC00..<0xE000).contains(low) ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xD800
        }
        guard let scalar = Unicode.Scalar(code) else {
            position = start
            throw expected("no half of a surrogate pair")
        }
        return Character(scalar)
    }

    private mutating func codeUnit() throws(SafetensorsFlaw) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard position < text.count, let digit = Character(Unicode.Scalar(text[position])).hexDigitValue,
                text[position] < 0x80
            else { throw expected("four hexadecimal digits") }
            code = code << 4 + UInt32(digit)
            position += 1
        }
        return code
    }

    private mutating func skipSpace() {
        while position < text.count, isSpace(text[position]) { position += 1 }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// Whether this is what comes next; if so, it is behind us.
    private mutating func takes(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func take(_ character: Unicode.Scalar) throws(SafetensorsFlaw) {
        guard takes(character) else { throw expected(String(character)) }
    }

    private func expected(_ what: String) -> SafetensorsFlaw { .unreadable(byte: position, expected: what) }
}
