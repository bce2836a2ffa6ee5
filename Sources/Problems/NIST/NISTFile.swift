/// The lines of a NIST file, and how its fields are written on them.
struct NISTFile {
    typealias Flaw = NISTDataSet.Flaw
    private let text: [Substring]

    init(_ text: String) {
        self.text = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The first word behind `label`.
    func field(_ label: String) throws(Flaw) -> String {
        for line in text where trimmed(line).hasPrefix(label) {
            if let word = words(trimmed(line).dropFirst(label.count)).first { return String(word) }
        }
        throw .missing(label)
    }

    /// The number behind `label`.
    func number(_ label: String) throws(Flaw) -> Double {
        let word = try field(label)
        guard let value = Double(word), value.isFinite else { throw .missing("a number behind \(label)") }
        return value
    }

    /// The lines where `section` stands, from the head's "`section` (lines 41 to 49)"; they count from 1.
    func lines(_ section: String) throws(Flaw) -> ClosedRange<Int> {
        for line in text {
            let parts = line.split(separator: "(lines")
            guard parts.count == 2, trimmed(line).hasPrefix(section) else { continue }
            let numbers = parts[1].split { !$0.isNumber }.compactMap { Int($0) }
            guard numbers.count == 2, 1 <= numbers[0], numbers[0] <= numbers[1], numbers[1] <= text.count else { break }
            return numbers[0]...numbers[1]
        }
        throw .missing("\(section) (lines ... to ...)")
    }

    /// "b1 = start start certified deviation" on every line.
    func parameters(
        on lines: ClosedRange<Int>
    ) throws(Flaw) -> [(start1: Double, start2: Double, certified: Double)] {
        var rows: [(Double, Double, Double)] = []
        for line in lines {
            let found = words(text[line - 1])
            let values = found.dropFirst(2).compactMap { Double($0) }
            guard found.count == 6, values.count == 4, found[0] == "b\(rows.count + 1)", found[1] == "=" else {
                throw wrong(line, expected: "b\(rows.count + 1) = and four numbers")
            }
            rows.append((values[0], values[1], values[2]))
        }
        return rows
    }

    /// Response and predictor on every line.
    func observations(on lines: ClosedRange<Int>) throws(Flaw) -> [(y: Double, x: Double)] {
        var rows: [(Double, Double)] = []
        for line in lines {
            let found = words(text[line - 1])
            let values = found.compactMap { Double($0) }
            guard found.count == 2, values.count == 2 else { throw wrong(line, expected: "two numbers") }
            rows.append((values[0], values[1]))
        }
        return rows
    }

    private func wrong(_ line: Int, expected: String) -> Flaw {
        .line(line, text: String(text[line - 1]), expected: expected)
    }

    private func words(_ line: Substring) -> [Substring] { line.split { $0.isWhitespace } }

    private func trimmed(_ line: Substring) -> Substring { line.drop { $0.isWhitespace } }
}
