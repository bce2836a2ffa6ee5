import Inner

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A batch as one line: `{"id":7,"x":[[0.5,1.0]],"seed":[123]}`. Numbers are in the shortest form that parses back
/// exactly.
func requestLine(id: Int, _ points: [[Double]], seeds: [UInt64]) -> [UInt8] {
    let numbers = points.reduce(seeds.count + 1) { $0 + $1.count }
    // A number and its comma; a point's brackets and comma; and what stands around them.
    let bytes = numbers * (NumberText.room + 1) + 3 * points.count + 64
    return [UInt8](unsafeUninitializedCapacity: bytes) { memory, count in
        var text = NumberText(memory)
        text.append("{\"id\":")
        text.append(UInt64(id))
        text.append(",\"x\":")
        appendList(points, to: &text) { point, text in appendList(point, to: &text) { $1.append($0) } }
        text.append(",\"seed\":")
        appendList(seeds, to: &text) { $1.append($0) }
        text.append("}\n")
        count = text.count
    }
}

@inline(__always)
private func appendList<Item>(_ items: [Item], to text: inout NumberText, _ append: (Item, inout NumberText) -> Void) {
    text.append(UInt8(ascii: "["))
    for index in items.indices {
        if index > 0 { text.append(UInt8(ascii: ",")) }
        append(items[index], &text)
    }
    text.append(UInt8(ascii: "]"))
}

/// What a line from a worker says.
enum AnswerLine: Equatable, Sendable {
    /// And what kind of requests it wants, if it says.
    case ready(wants: String?)
    /// And of every value the losses of single examples, if they are told.
    case values(id: Int, [Double], losses: [[Double]]?)
    case error(id: Int, String)

    /// True for words that Python's and JavaScript's numbers are written as, and that are no JSON.
    static func hasBareWords(_ line: [UInt8]) -> Bool {
        String(decoding: line, as: UTF8.self).contains(/[\[,:]\s*-?(NaN|Infinity)\s*[\],}]/)
    }

    /// - Returns: nil if the line says none of these.
    init?(_ line: [UInt8]) {
        if let (id, values) = plainAnswer(line) {
            self = .values(id: id, values, losses: nil)
            return
        }
        guard let message = try? JSONDecoder().decode(Message.self, from: Data(line)) else { return nil }
        switch (message.ready, message.id, message.value, message.error) {
        case (true, nil, nil, nil): self = .ready(wants: message.wants)
        case (nil, let id?, let values?, nil):
            self = .values(id: id, values.map(\.number), losses: message.losses?.value?.map { $0.map(\.number) })
        case (nil, let id?, nil, let error?): self = .error(id: id, error)
        default: return nil
        }
    }
}

/// The answer on a line that is as plain as most: `{"id": 7, "value": [0.12, null]}`; nil leaves it to a whole decoder,
/// which takes many times as long.
private func plainAnswer(_ line: [UInt8]) -> (id: Int, [Double])? {
    var scanner = AnswerScanner(bytes: line)
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
    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Skips blanks, then `token` if it is there.
    mutating func skip(_ token: StaticString) -> Bool {
        skipBlanks()
        let count = token.utf8CodeUnitCount
        guard bytes.count - place >= count else { return false }
        for i in 0..<count where bytes[place + i] != token.utf8Start[i] { return false }
        place += count
        return true
    }

    mutating func number() -> Double? {
        skipBlanks()
        return jsonNumber(in: bytes, at: &place)
    }

    var isAtEnd: Bool {
        mutating get {
            skipBlanks()
            return place == bytes.count
        }
    }

    private mutating func skipBlanks() {
        while place < bytes.count, bytes[place] == 0x20 || (0x09...0x0D).contains(bytes[place]) { place += 1 }
    }
}

private struct Message: Decodable {
    let ready: Bool?
    let wants: String?
    let losses: Lenient<[[JSONValue]]>?
    let id: Int?
    let value: [JSONValue]?
    let error: String?
}

/// A value of that type, or anything else as nil: what only adds to an answer does not spoil it.
private struct Lenient<Value: Decodable>: Decodable {
    let value: Value?

    init(from decoder: any Decoder) { value = try? Value(from: decoder) }
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
