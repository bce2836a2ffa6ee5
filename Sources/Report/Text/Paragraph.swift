/// Running text for a terminal of 80 columns.
enum Paragraph {
    /// An item of a list: two blanks before its first line, four before the others.
    static func item(_ text: String) -> String { "  " + wrap(text, margin: "    ", first: 2) }

    /// Lines broken between words, and within those that are longer than a line.
    ///
    /// - Parameters:
    ///   - margin: before every line but the first.
    ///   - first: columns that the first line has used already.
    static func wrap(_ text: String, margin: String, first: Int = 0) -> String {
        lines(text, width: Facts.width, margin: margin.count, first: first).joined(separator: "\n" + margin)
    }

    /// The same as lines, without their margin.
    static func lines(_ text: String, width: Int, margin: Int = 0, first: Int = 0) -> [String] {
        var (lines, line, room): ([String], String, Int) = ([], "", width - first)
        for word in text.split(separator: " ") {
            var word = word[...]
            if !line.isEmpty, line.count + 1 + word.count > room {
                lines.append(line)
                (line, room) = ("", width - margin)
            }
            line += line.isEmpty ? "" : " "
            while line.count + word.count > room {
                let head = word.prefix(room - line.count)
                lines.append(line + head)
                word = word.dropFirst(head.count)
                (line, room) = ("", width - margin)
            }
            line += word
        }
        return lines + [line]
    }
}
