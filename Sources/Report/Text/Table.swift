/// Plain columns for a terminal.
public enum Table {
    /// Left-aligned columns two spaces apart; the last one is not padded.
    public static func render(_ header: [String], _ rows: [[String]]) -> String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            row.indices.map { column in
                column == row.count - 1
                    ? row[column] : row[column] + String(repeating: " ", count: widths[column] - row[column].count + 2)
            }.joined()
        }.joined(separator: "\n")
    }

    /// The same in a terminal of 80 columns: the first column gets what the others leave.
    static func fitted(_ header: [String], _ rows: [[String]], least: Int = 12) -> String {
        let room = max(least, room(for: 0, header, rows))
        return render(header, rows.map { [clipped($0[0], to: room)] + $0.dropFirst() })
    }

    /// The same, but the last column, of sentences, is broken between words.
    public static func explained(_ header: [String], _ rows: [[String]]) -> String {
        let margin = String(repeating: " ", count: Facts.width - room(for: header.count - 1, header, rows))
        return render(
            header,
            rows.map { row in
                let text = Facts.broken(row[row.count - 1], after: margin, margin: margin.count)
                return row.dropLast() + [String(text.dropFirst(margin.count))]
            })
    }

    /// What the other columns leave of 80.
    static func room(for column: Int, _ header: [String], _ rows: [[String]]) -> Int {
        header.indices.filter { $0 != column }.reduce(Facts.width) { left, other in
            left - 2 - (([header] + rows).map { $0[other].count }.max() ?? 0)
        }
    }

    /// Begin and end are what tells names apart.
    static func clipped(_ text: String, to width: Int) -> String {
        guard text.count > width else { return text }
        return text.prefix(width / 2) + "…" + text.suffix(width - width / 2 - 1)
    }
}
