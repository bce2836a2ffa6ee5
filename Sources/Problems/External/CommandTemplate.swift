import Inner

/// An argv template: words, some with placeholders that a point and a seed fill in. No shell ever sees it.
///
/// `{x}` becomes one argument a coordinate and is a word of its own; `{x0}`, `{x1}` ... `{seed}` and `{dim}` may stand inside a word.
/// Other braces are left as they are: they may be the program's own.
public struct CommandTemplate: Sendable, Equatable {
    public let words: [String]

    /// - Parameter words: an argv; a single string with spaces is split as a shell splits words.
    /// - Throws: `ExternalError`.
    public init(_ words: [String]) throws(ExternalError) {
        let split = words.count == 1 ? try Self.split(words[0]) : words
        guard let first = split.first, !first.isEmpty else { throw .noCommand }
        self.words = split
    }

    /// The program's name or path.
    public var executable: String { words[0] }

    /// The placeholders that occur, as written.
    public var placeholders: [String] { words.flatMap { Self.pieces($0).filter(\.isPlaceholder).map(\.text) } }

    /// Checks that every placeholder means something at this dimension.
    ///
    /// - Throws: `ExternalError.coordinateBeyond` or `.notAWord`.
    public func check(dimension: Int) throws(ExternalError) {
        for word in words {
            for piece in Self.pieces(word) where piece.isPlaceholder {
                if piece.text == "{x}", word != "{x}" { throw .notAWord(word) }
                if let index = piece.coordinate, index >= dimension {
                    throw .coordinateBeyond(placeholder: piece.text, dimension: dimension)
                }
            }
        }
    }

    /// The arguments (without the program) for one evaluation; numbers are written so that they read back exactly.
    public func arguments(point: [Double], seed: UInt64) -> [String] {
        var arguments: [String] = []
        for word in words[1...] {
            if word == "{x}" {
                arguments += point.map { $0.description }
            } else {
                arguments.append(Self.pieces(word).map { $0.filled(point, seed) }.joined())
            }
        }
        return arguments
    }

    /// Splits as a POSIX shell splits words: blanks separate; quotes and backslashes protect.
    ///
    /// - Throws: `ExternalError.unbalancedQuote`.
    public static func split(_ line: String) throws(ExternalError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var characters = line.makeIterator()
        while let character = characters.next() {
            switch (character, quote) {
            case ("\\", nil):
                if let next = characters.next() { word = (word ?? "") + String(next) }
            case ("\\", "\""):
                guard let next = characters.next() else { continue }
                // In double quotes a backslash protects only these.
                word = (word ?? "") + ("\"\\$`".contains(next) ? String(next) : "\\\(next)")
            case ("'", nil), ("\"", nil):
                quote = character
                word = word ?? ""
            case (let end, let open?) where end == open: quote = nil
            case (let blank, nil) where blank.isWhitespace:
                if let finished = word { words.append(finished) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if quote != nil { throw .unbalancedQuote(line) }
        return words + (word.map { [$0] } ?? [])
    }

    private struct Piece {
        let text: String
        let isPlaceholder: Bool

        /// k of `{xk}`.
        var coordinate: Int? {
            isPlaceholder && text.hasPrefix("{x") ? Int(text.dropFirst(2).dropLast()) : nil
        }

        func filled(_ point: [Double], _ seed: UInt64) -> String {
            guard isPlaceholder else { return text }
            if let coordinate { return point[coordinate].description }
            return text == "{seed}" ? String(seed) : String(point.count)
        }
    }

    /// A word cut into placeholders and what lies between.
    private static func pieces(_ word: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = word[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let candidate = rest[open...close]
            let name = candidate.dropFirst().dropLast()
            let digits = name.dropFirst()
            let isCoordinate = name.first == "x" && digits.allSatisfy { $0.isASCII && $0.isNumber } && digits.count <= 9
            if isCoordinate || name == "seed" || name == "dim" {
                pieces.append(Piece(text: String(rest[..<open]), isPlaceholder: false))
                pieces.append(Piece(text: String(candidate), isPlaceholder: true))
                rest = rest[rest.index(after: close)...]
            } else {
                pieces.append(Piece(text: String(rest[...open]), isPlaceholder: false))
                rest = rest[rest.index(after: open)...]
            }
        }
        return pieces + [Piece(text: String(rest), isPlaceholder: false)]
    }
}
