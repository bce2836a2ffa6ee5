/// The plug-ins of one kind, by name: the single place where a new one is announced.
///
/// A plug-in is written `name` or `name:argument`, e.g. `global`, `ring:2`, `constant:0.7298`.
public struct Catalogue<Plugin>: Sendable {
    public struct Entry: Sendable {
        public let name: String
        /// One line for people.
        public let summary: String
        public let parameter: Parameter?
        let make: @Sendable (Double) -> Plugin

        /// An entry without parameter.
        public init(_ name: String, _ summary: String, make: @escaping @Sendable () -> Plugin) {
            self.name = name
            self.summary = summary
            parameter = nil
            self.make = { _ in make() }
        }

        /// An entry with one number as its parameter.
        public init(
            _ name: String, _ summary: String, parameter: Parameter, make: @escaping @Sendable (Double) -> Plugin
        ) {
            self.name = name
            self.summary = summary
            self.parameter = parameter
            self.make = make
        }

        /// How the entry is written: `ring[:radius]`.
        public var usage: String { parameter.map { "\(name)[:\($0.name)]" } ?? name }
    }

    public struct Parameter: Sendable {
        public let name: String
        public let `default`: Double
        public let range: ClosedRange<Double>
        public let isWhole: Bool

        public init(_ name: String, default: Double, in range: ClosedRange<Double>, isWhole: Bool = false) {
            self.name = name
            self.default = `default`
            self.range = range
            self.isWhole = isWhole
        }

        var requirement: String {
            "\(name) is a \(isWhole ? "whole number" : "number") from \(short(range.lowerBound)) to \(short(range.upperBound))"
        }
    }

    /// What the plug-ins are, in the singular: "topology".
    public let kind: String
    public let entries: [Entry]

    public init(_ kind: String, _ entries: [Entry]) {
        self.kind = kind
        self.entries = entries
    }

    /// The plug-in that `text` names.
    ///
    /// - Throws: `SelectionError`, with the value, what is allowed and the nearest name.
    public func make(_ text: String) throws(SelectionError) -> Plugin {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let entry = entries.first(where: { $0.name == parts[0] }) else {
            throw .unknown(kind: kind, value: text, known: entries.map(\.name))
        }
        guard let parameter = entry.parameter else {
            guard parts.count == 1 else {
                throw .argument(kind: kind, value: text, requirement: "\(entry.name) takes no argument")
            }
            return entry.make(0)
        }
        guard parts.count == 2 else { return entry.make(parameter.default) }
        guard let argument = Double(parts[1]), parameter.range.contains(argument),
            !parameter.isWhole || argument == argument.rounded()
        else { throw .argument(kind: kind, value: text, requirement: parameter.requirement) }
        return entry.make(argument)
    }
}

/// A name or value that was asked for and does not exist, with what would.
public enum SelectionError: Error, Equatable, Sendable {
    case unknown(kind: String, value: String, known: [String])
    case argument(kind: String, value: String, requirement: String)

    /// The known name nearest to the one asked for, if one is near enough to be what was meant.
    public var suggestion: String? {
        guard case .unknown(_, let value, let known) = self else { return nil }
        return nearest(to: value, among: known)
    }
}

/// The candidate at the least edit distance from `word`, if that is at most a third of its length and one more.
///
/// A candidate with a slash is compared without what stands before it too: `thurber` means `nist/thurber`.
public func nearest(to word: String, among candidates: [String]) -> String? {
    let scored = candidates.map { candidate in
        let last = candidate.split(separator: "/").last.map(String.init) ?? candidate
        let distance = [candidate, last].map { editDistance(word.lowercased(), $0.lowercased()) }.min() ?? .max
        return (distance, candidate)
    }
    guard let best = scored.min(by: { $0.0 < $1.0 }), best.0 <= 1 + word.count / 3 else { return nil }
    return best.1
}

/// Levenshtein's distance. Complexity: O(|a| |b|).
private func editDistance(_ a: String, _ b: String) -> Int {
    let b = Array(b)
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for j in b.indices {
            let substitution = diagonal + (x == b[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substitution, diagonal + 1, row[j] + 1)
        }
    }
    return row[b.count]
}

/// A number as people write it: without ".0" when whole.
public func short(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : String(value)
}
