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
        let others = header.indices.dropFirst().reduce(0) { width, column in
            width + 2 + (([header] + rows).map { $0[column].count }.max() ?? 0)
        }
        return render(header, rows.map { [clipped($0[0], to: max(least, Facts.width - others))] + $0.dropFirst() })
    }

    /// Begin and end are what tells names apart.
    static func clipped(_ text: String, to width: Int) -> String {
        guard text.count > width else { return text }
        return text.prefix(width / 2) + "…" + text.suffix(width - width / 2 - 1)
    }
}
