/// The words of a command line, split as a POSIX shell splits them. Nothing is expanded and no shell is run.
///
/// Blanks separate. `\c` is c; within '...' everything is itself; within "..." a backslash quotes only `$`, `` ` ``,
/// `"`, `\` and the end of a line.
///
/// - Complexity: O(length).
/// - SeeAlso: POSIX.1-2017, Shell Command Language, 2.2 Quoting.
public func splitWords(_ line: String) throws(TemplateError) -> [String] {
    var splitter = WordSplitter()
    for scalar in line.unicodeScalars { splitter.take(scalar) }
    guard let words = splitter.finish() else { throw .unfinished(line: line) }
    return words
}

private struct WordSplitter {
    private enum Mode { case plain, single, double }

    private var mode = Mode.plain
    private var isEscaped = false
    private var words: [String] = []
    /// Nil between words; empty within one such as `''`.
    private var word: String.UnicodeScalarView?

    mutating func take(_ scalar: Unicode.Scalar) {
        if isEscaped { return takeEscaped(scalar) }
        switch (mode, scalar) {
        case (.plain, " "), (.plain, "\t"), (.plain, "\n"), (.plain, "\r"): endWord()
        case (.plain, "'"): enter(.single)
        case (.plain, "\""): enter(.double)
        case (.single, "'"), (.double, "\""): mode = .plain
        case (.plain, "\\"), (.double, "\\"): isEscaped = true
        default: append(scalar)
        }
    }

    private mutating func takeEscaped(_ scalar: Unicode.Scalar) {
        isEscaped = false
        if scalar == "\n" { return }
        if mode == .double, !"$`\"\\".unicodeScalars.contains(scalar) { append("\\") }
        append(scalar)
    }

    private mutating func enter(_ quotes: Mode) {
        mode = quotes
        if word == nil { word = .init() }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if word == nil { word = .init() }
        word?.append(scalar)
    }

    private mutating func endWord() {
        if let word { words.append(String(word)) }
        word = nil
    }

    /// The words, or nil within a quote.
    mutating func finish() -> [String]? {
        guard mode == .plain, !isEscaped else { return nil }
        endWord()
        return words
    }
}
