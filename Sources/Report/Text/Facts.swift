/// Labelled facts, one a line, for a terminal of 80 columns.
enum Facts {
    static let labelWidth = 12
    static let width = 80

    /// `  label       command` on one line, however long: a command is copied as a whole.
    static func command(_ label: String, _ text: String) -> String {
        "  " + label + String(repeating: " ", count: max(1, labelWidth - label.count)) + text
    }

    /// `  label       text`, the text broken between words where a line is full.
    static func line(_ label: String, _ text: String) -> String {
        let margin = String(repeating: " ", count: 2 + labelWidth)
        var lines: [String] = []
        var current = "  " + label + String(repeating: " ", count: max(1, labelWidth - label.count))
        var isEmpty = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !isEmpty, current.count + 1 + word.count > width {
                lines.append(current)
                (current, isEmpty) = (margin, true)
            }
            current += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return (lines + [current]).joined(separator: "\n")
    }
}
