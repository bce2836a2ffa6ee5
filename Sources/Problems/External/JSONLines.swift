import Foundation
import Inner

/// The lines of the `jsonl` protocol.
enum JSONLines {
    /// `{"id":7,"x":[[..],[..]],"seed":[123,124]}` and a line end.
    ///
    /// Written by hand: a number's description is its shortest exact form, and JSONEncoder takes six times as long.
    static func request(_ id: Int, _ points: [[Double]], _ seeds: [UInt64]) -> [UInt8] {
        var text = "{\"id\":\(id),\"x\":["
        for (index, point) in points.enumerated() {
            text += index == 0 ? "[" : ",["
            for (column, value) in point.enumerated() {
                if column > 0 { text += "," }
                text += value.description
            }
            text += "]"
        }
        text += "],\"seed\":[" + seeds.map(String.init).joined(separator: ",") + "]}\n"
        return Array(text.utf8)
    }

    /// What a worker answered.
    enum Answer {
        case values([Evaluation])
        /// The worker says that the batch failed.
        case error(String)
        /// Anything else, with the evidence.
        case rubbish(String)
    }

    /// `{"ready":true}`
    static func isReady(_ line: [UInt8]) -> Bool {
        (try? JSONDecoder().decode(Line.self, from: Data(line)))?.ready == true
    }

    /// Reads the answer to request `id` of `count` points.
    static func answer(_ line: [UInt8], to id: Int, count: Int) -> Answer {
        let received = "'\(Child.clipped(String(decoding: line.prefix(Child.evidenceLimit), as: UTF8.self)))'"
        guard let answer = try? JSONDecoder().decode(Line.self, from: Data(line)) else {
            return .rubbish("the worker's line is no answer: \(received)")
        }
        guard answer.id == id else {
            return .rubbish("the worker answered request \(answer.id.map(String.init) ?? "?"), asked was \(id): \(received)")
        }
        if let error = answer.error { return .error(error) }
        guard let values = answer.value, values.count == count else {
            return .rubbish("\(count) values were asked for, \(answer.value?.count ?? 0) came: \(received)")
        }
        return .values(values.map { Evaluation(value: $0.number) })
    }

    private struct Line: Decodable {
        let id: Int?
        let value: [Value]?
        let error: String?
        let ready: Bool?
    }

    /// A number, `null`, or one of the words for what JSON has no number for.
    private struct Value: Decodable {
        let number: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                number = .nan
            } else if let value = try? container.decode(Double.self) {
                number = value
            } else if let value = parseNumber(try container.decode(String.self)), !value.isFinite {
                number = value
            } else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "neither a number nor undefined")
            }
        }
    }
}
