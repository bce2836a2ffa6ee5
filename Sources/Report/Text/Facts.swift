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
        let lead = "  " + label + String(repeating: " ", count: max(1, labelWidth - label.count))
        return broken(text, after: lead, margin: 2 + labelWidth)
    }

    /// Text broken between words where a line is full; all lines but the first begin with a margin.
    static func broken(_ text: String, after lead: String = "", margin: Int = 0) -> String {
        let margin = String(repeating: " ", count: margin)
        var lines: [String] = []
        var (current, isEmpty) = (lead, true)
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
