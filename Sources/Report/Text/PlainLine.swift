/// What another program said, made fit for a line of a terminal.
public enum PlainLine {
    /// Characters kept.
    public static let limit = 160
    /// Characters kept of one word, so that lines can be broken.
    public static let wordLimit = 60

    /// One line without escape sequences and control characters, clipped.
    public static func of(_ text: String) -> String {
        // ECMA-48: ESC [ parameters, intermediates, a final byte; or ESC and one character.
        let bare = text.replacing(/\u{1B}(?:\[[0-?]*[ -\/]*[@-~]|.)?/.dotMatchesNewlines(), with: "")
        let words = bare.unicodeScalars.split { isBlank($0) }.map { clipped(String($0), to: wordLimit) }
        return clipped(words.joined(separator: " "), to: limit)
    }

    /// Blanks, control and format characters: what moves the cursor or turns the direction of writing.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func clipped(_ text: String, to limit: Int) -> String {
        text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }
}
