import Inner

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A batch as one line: `{"id":7,"x":[[0.5,1.0]],"seed":[123]}`. Numbers are in the shortest form that parses back
/// exactly.
func requestLine(id: Int, _ points: [[Double]], seeds: [UInt64]) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(64 + points.count * (16 + 20 * (points.first?.count ?? 0)))
    line += "{\"id\":\(id),\"x\":[".utf8
    for (i, point) in points.enumerated() {
        if i > 0 { line.append(UInt8(ascii: ",")) }
        appendList(point, to: &line)
    }
    line += "],\"seed\":".utf8
    appendList(seeds, to: &line)
    line += "}\n".utf8
    return line
}

private func appendList(_ numbers: [some CustomStringConvertible], to line: inout [UInt8]) {
    line.append(UInt8(ascii: "["))
    for index in numbers.indices {
        if index > 0 { line.append(UInt8(ascii: ",")) }
        line.append(contentsOf: numbers[index].description.utf8)
    }
    line.append(UInt8(ascii: "]"))
}

/// What a line from a worker says.
enum AnswerLine: Equatable, Sendable {
    case ready
    case values(id: Int, [Double])
    case error(id: Int, String)

    /// True for words that Python's and JavaScript's numbers are written as, and that are no JSON.
    static func hasBareWords(_ line: [UInt8]) -> Bool {
        String(decoding: line, as: UTF8.self).contains(/[\[,:]\s*-?(NaN|Infinity)\s*[\],}]/)
    }

    /// - Returns: nil if the line says none of these.
    init?(_ line: [UInt8]) {
        if let (id, values) = plainAnswer(line) {
            self = .values(id: id, values)
            return
        }
        guard let message = try? JSONDecoder().decode(Message.self, from: Data(line)) else { return nil }
        switch (message.ready, message.id, message.value, message.error) {
        case (true, nil, nil, nil): self = .ready
        case (nil, let id?, let values?, nil): self = .values(id: id, values.map(\.number))
        case (nil, let id?, nil, let error?): self = .error(id: id, error)
        default: return nil
        }
    }
}

/// The answer on a line that is as plain as most: `{"id": 7, "value": [0.12, null]}`; nil leaves it to a whole decoder,
/// which takes many times as long.
private func plainAnswer(_ line: [UInt8]) -> (id: Int, [Double])? {
    var scanner = AnswerScanner(rest: line[...])
    guard scanner.skip("{"), scanner.skip("\"id\""), scanner.skip(":"),
        let id = scanner.number().flatMap(Int.init(exactly:)),
        scanner.skip(","), scanner.skip("\"value\""), scanner.skip(":"), scanner.skip("[")
    else { return nil }
    var values: [Double] = []
    repeat {
        guard let value = scanner.skip("null") ? .nan : scanner.number() else { return nil }
        values.append(value)
    } while scanner.skip(",")
    guard scanner.skip("]"), scanner.skip("}"), scanner.isAtEnd else { return nil }
    return (id, values)
}

private struct AnswerScanner {
    var rest: ArraySlice<UInt8>

    /// Skips blanks, then `token` if it is there.
    mutating func skip(_ token: StaticString) -> Bool {
        skipBlanks()
        let count = token.utf8CodeUnitCount
        let isThere = rest.prefix(count).elementsEqual(UnsafeBufferPointer(start: token.utf8Start, count: count))
        if isThere { rest = rest.dropFirst(count) }
        return isThere
    }

    /// A number of JSON: one of ours that begins with a digit or a minus, and has digits around its point.
    mutating func number() -> Double? {
        skipBlanks()
        let text = rest.prefix { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
        guard isJSONNumber(text) else { return nil }
        rest = rest.dropFirst(text.count)
        return Double(String(decoding: text, as: UTF8.self))
    }

    var isAtEnd: Bool {
        mutating get {
            skipBlanks()
            return rest.isEmpty
        }
    }

    private mutating func skipBlanks() {
        while let byte = rest.first, byte == 0x20 || (0x09...0x0D).contains(byte) { rest.removeFirst() }
    }
}

private struct Message: Decodable {
    let ready: Bool?
    let id: Int?
    let value: [JSONValue]?
    let error: String?
}

/// A number, or `null`, `"nan"`, `"inf"` for an undefined one.
struct JSONValue: Decodable {
    let number: Double

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            number = .nan
        } else if let word = try? container.decode(String.self) {
            guard let parsed = parseNumber(word), !parsed.isFinite else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "a string is no value")
            }
            number = parsed
        } else {
            number = try container.decode(Double.self)
        }
    }
}
