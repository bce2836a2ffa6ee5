/// A command line with places for a point: `simulate --seed={seed} {x}`.
///
/// | placeholder | becomes |
/// |---|---|
/// | `{x}` | all coordinates, one argument each; has to be a whole word |
/// | `{x0}`, `{x1}`, ... | one coordinate |
/// | `{seed}` | the evaluation's seed |
/// | `{dim}` | the number of coordinates |
///
/// A placeholder is a name in braces without blanks, so `awk '{ print $1 }'` has none.
public struct CommandTemplate: Hashable, Sendable {
    /// The words as they were given, after splitting.
    public let words: [String]
    private(set) var arguments: [TemplateWord]

    /// - Parameter words: the words of a command line; a single one with blanks is split as a shell splits words.
    public init(_ words: [String]) throws(TemplateError) {
        var words = words
        if words.count == 1, words[0].unicodeScalars.contains(where: { " \t\n".unicodeScalars.contains($0) }) {
            words = try splitWords(words[0])
        }
        guard let command = words.first, !command.isEmpty else { throw .empty }
        guard try TemplateWord(command).isConstant else { throw .placeholderInCommand(command) }
        var arguments: [TemplateWord] = []
        for word in words.dropFirst() { arguments.append(try TemplateWord(word)) }
        self.words = words
        self.arguments = arguments
    }

    /// The program: a path, or a name to look for in `PATH`.
    public var command: String { words[0] }

    /// - Throws: `.beyondDimension` for a coordinate that a point of `dimension` coordinates does not have.
    public func check(dimension: Int) throws(TemplateError) {
        for case .pieces(let pieces) in arguments {
            for case .coordinate(let j, let text) in pieces where j >= dimension {
                throw .beyondDimension(placeholder: text, dimension: dimension)
            }
        }
    }

    /// True if some word holds a coordinate.
    var seesThePoint: Bool {
        arguments.contains { word in
            guard case .pieces(let pieces) = word else { return true }
            return pieces.contains { if case .coordinate = $0 { true } else { false } }
        }
    }

    /// True if some word holds the seed.
    var seesTheSeed: Bool {
        arguments.contains { if case .pieces(let pieces) = $0 { pieces.contains(.seed) } else { false } }
    }

    /// The same, with the full path in place of every word that is a file's or folder's name here: for a program that
    /// runs in another folder.
    func withFullPaths() -> CommandTemplate {
        var copy = self
        for (index, word) in words.dropFirst().enumerated() where arguments[index].isConstant && isFile(word) {
            copy.arguments[index] = .pieces([.text(fullPath(word))])
        }
        return copy
    }

    /// The first placeholder whose value changes from point to point.
    public var changingPlaceholder: String? {
        for word in arguments {
            guard case .pieces(let pieces) = word else { return "{x}" }
            for piece in pieces {
                if case .coordinate(_, let text) = piece { return text }
                if case .seed = piece { return "{seed}" }
            }
        }
        return nil
    }

    /// The arguments (without the command) for one point, each number in the shortest form that parses back exactly.
    ///
    /// - Precondition: `check(dimension: point.count)` passes.
    public func arguments(for point: [Double], seed: UInt64) -> [String] {
        arguments.flatMap { $0.expanded(point, seed: seed) }
    }

    /// The arguments of a program that is asked for many points.
    func arguments(dimension: Int) -> [String] {
        arguments.flatMap { $0.expanded(Array(repeating: 0, count: dimension), seed: 0) }
    }
}
