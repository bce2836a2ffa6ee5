import Foundation

/// A data set of the NIST Statistical Reference Datasets, with certified answers.
///
/// - SeeAlso: https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml (public domain)
public struct NISTDataSet: Sendable {
    public let name: String
    /// Certified parameters b1, b2, ... and the residual sum of squares there.
    public let parameters: [Double]
    public let residualSumOfSquares: Double
    /// Predictor and response of every observation.
    public let x: [Double]
    public let y: [Double]

    /// What is missing in a file.
    public enum Flaw: Error, Equatable, Sendable {
        case missing(String)
        case count(expected: Int, found: Int)
    }

    /// Reads a file in the format of the NIST site.
    ///
    /// - Throws: `Flaw`.
    public init(_ bytes: [UInt8]) throws(Flaw) {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        guard let title = lines.first(where: { $0.hasPrefix("Dataset Name:") }),
            let name = title.dropFirst("Dataset Name:".count).split(whereSeparator: \.isWhitespace).first
        else { throw .missing("Dataset Name") }
        self.name = String(name)

        var parameters: [Double] = []
        for line in lines {
            let words = line.split { $0.isWhitespace || $0 == "=" }
            // b1  start 1  start 2  certified value  standard deviation
            guard words.count == 5, words[0] == "b\(parameters.count + 1)", let value = Double(words[3]) else { continue }
            parameters.append(value)
        }
        guard !parameters.isEmpty else { throw .missing("Certified Values") }
        self.parameters = parameters
        residualSumOfSquares = try Self.number(after: "Residual Sum of Squares:", in: lines)

        guard let head = lines.lastIndex(where: { $0.hasPrefix("Data:") }) else { throw .missing("Data") }
        var (x, y): ([Double], [Double]) = ([], [])
        for line in lines[(head + 1)...] {
            let numbers = line.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            guard numbers.count == 2 else { throw .missing("two numbers in '\(line)'") }
            y.append(numbers[0])
            x.append(numbers[1])
        }
        let expected = Int(try Self.number(after: "Number of Observations:", in: lines))
        guard y.count == expected else { throw .count(expected: expected, found: y.count) }
        self.x = x
        self.y = y
    }

    private static func number(after label: String, in lines: [String]) throws(Flaw) -> Double {
        for line in lines {
            guard let range = line.range(of: label) else { continue }
            if let value = Double(line[range.upperBound...].trimmingCharacters(in: .whitespaces)) { return value }
        }
        throw .missing(label)
    }
}
