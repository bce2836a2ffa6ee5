import Inner

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A batch as one line: `{"id":7,"x":[[0.5,1.0]],"seed":[123]}`. Numbers are in the shortest form that parses back
/// exactly.
func requestLine(id: Int, _ points: [[Double]], seeds: [UInt64]) -> [UInt8] {
    var line = "{\"id\":\(id),\"x\":["
    for (i, point) in points.enumerated() {
        line += i == 0 ? "[" : ",["
        for (j, x) in point.enumerated() {
            if j > 0 { line += "," }
            line += x.description
        }
        line += "]"
    }
    line += "],\"seed\":[" + seeds.map(String.init).joined(separator: ",") + "]}\n"
    return Array(line.utf8)
}

/// What a line from a worker says.
enum AnswerLine: Equatable, Sendable {
    case ready
    case values(id: Int, [Double])
    case error(id: Int, String)

    /// - Returns: nil if the line says none of these.
    init?(_ line: OutputLine) {
        guard !line.isCut, let message = try? JSONDecoder().decode(Message.self, from: Data(line.bytes)) else {
            return nil
        }
        switch (message.ready, message.id, message.value, message.error) {
        case (true, nil, nil, nil): self = .ready
        case (nil, let id?, let values?, nil): self = .values(id: id, values.map(\.number))
        case (nil, let id?, nil, let error?): self = .error(id: id, error)
        default: return nil
        }
    }
}

private struct Message: Decodable {
    let ready: Bool?
    let id: Int?
    let value: [Value]?
    let error: String?
}

/// A number, or `null`, `"nan"`, `"inf"` for an undefined one.
private struct Value: Decodable {
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
