import Foundation

/// A chart in the letters of a terminal: curves in Braille dots, cells and bars as they fit.
public struct UnicodeChart {
    private let chart: Chart
    private let width: Int
    private let inColour: Bool

    /// Rows that a curve is drawn on.
    private static let rows = 12

    /// - Parameters:
    ///   - width: columns that a line may have, at least 40 are used.
    ///   - inColour: whether colour is set by escape sequences.
    public static func render(_ chart: Chart, width: Int, inColour: Bool) -> String {
        let drawing = UnicodeChart(chart: chart, width: max(40, width), inColour: inColour)
        var lines = Paragraph.lines(chart.title, width: drawing.width).map { drawing.painted($0, "1") }
        lines += Paragraph.lines(chart.subtitle, width: drawing.width).map { drawing.painted($0, "2") }
        return (lines + [""] + drawing.plot()).map(Self.trimmed).joined(separator: "\n")
    }

    private func plot() -> [String] {
        if case .bands(let names) = chart.y.kind {
            let cells = chart.layers.flatMap { layer -> [Cell] in
                if case .cells(let cells) = layer { cells } else { [] }
            }
            return cells.isEmpty ? bars(names) : table(cells, names)
        }
        return curves()
    }

    // MARK: Curves

    private func curves() -> [String] {
        let ticks = Scale(chart.y, from: Double(Self.rows), to: 0).ticks(spacing: 2)
        let margin = (ticks.map(\.label.count).max() ?? 0) + 1
        let columns = width - margin - 1
        var canvas = Canvas(columns: columns, rows: Self.rows)
        let x = Scale(chart.x, from: 0, to: Double(2 * columns - 1))
        let y = Scale(chart.y, from: Double(4 * Self.rows - 1), to: 0)
        var (words, column): ([String], Int?) = ([], nil)
        for layer in chart.layers {
            switch layer {
            case .area(let intervals, _):
                for (a, b) in zip(intervals, intervals.dropFirst()) {
                    canvas.draw(from: (x(a.x), y(a.low)), to: (x(b.x), y(b.low)), every: 3)
                    canvas.draw(from: (x(a.x), y(a.high)), to: (x(b.x), y(b.high)), every: 3)
                }
            case .lines(let lines, _, .strong), .lines(let lines, _, .smooth):
                for line in lines {
                    for (a, b) in zip(line, line.dropFirst()) {
                        canvas.draw(from: (x(a.x), y(a.y)), to: (x(b.x), y(b.y)))
                    }
                }
            case .rule(let rule):
                if case .x(let value) = rule.place { (words, column) = (rule.lines, Int(x.clamped(value)) / 2) }
                if case .y(let value) = rule.place {
                    canvas.draw(from: (0, y(value)), to: (Double(2 * columns - 1), y(value)), every: 4)
                }
            default: break
            }
        }
        var rows = canvas.lines.map(Array.init)
        if let column { mark(&rows, at: column, words) }
        let labels = Dictionary(
            ticks.map { (Int(Scale(chart.y, from: Double(Self.rows) - 0.5, to: 0.5)($0.value)), $0.label) }
        ) {
            first, _ in first
        }
        var lines = rows.enumerated().map { index, row in
            pad(labels[index] ?? "", margin - 1) + (labels[index] == nil ? " │" : " ┤") + coloured(row)
        }
        lines.append(String(repeating: " ", count: margin) + "└" + String(repeating: "─", count: columns))
        return [painted(clipped(chart.y.title), "2")] + lines + axis(margin + 1, columns)
    }

    /// Draws the line of the answer where nothing else is, and its words at the foot of it.
    private func mark(_ rows: inout [[Character]], at column: Int, _ words: [String]) {
        for row in rows.indices where rows[row][column] == Canvas.blank { rows[row][column] = "┊" }
        for (index, text) in words.enumerated() {
            let row = rows.count - words.count + index
            let isRight = column + 2 + text.count <= rows[row].count
            let start = isRight ? column + 2 : max(0, column - 1 - text.count)
            for (offset, letter) in text.enumerated() where start + offset < rows[row].count {
                rows[row][start + offset] = letter
            }
        }
    }

    private func coloured(_ row: [Character]) -> String {
        guard inColour else { return String(row) }
        var text = ""
        for letter in row {
            let isAnswer = letter == "┊" || (letter.isASCII && letter != " ") || "≥".contains(letter)
            let isCurve = !isAnswer && letter != Canvas.blank
            text +=
                isAnswer ? "\u{1B}[31m\(letter)\u{1B}[0m" : isCurve ? "\u{1B}[34m\(letter)\u{1B}[0m" : String(letter)
        }
        return text
    }

    /// Labels and title of the horizontal axis.
    private func axis(_ margin: Int, _ columns: Int) -> [String] {
        let scale = Scale(chart.x, from: 0, to: Double(columns - 1))
        var line = [Character](repeating: " ", count: columns + margin)
        var free = 0
        for tick in scale.ticks(spacing: 9) {
            let place = margin + Int(scale.clamped(tick.value).rounded())
            let start = min(max(0, place - tick.label.count / 2), line.count - tick.label.count)
            guard start >= free else { continue }
            for (offset, letter) in tick.label.enumerated() { line[start + offset] = letter }
            free = start + tick.label.count + 1
        }
        let title = clipped(chart.x.title)
        let indent = margin + max(0, (columns - title.count) / 2)
        return [String(line), painted(String(repeating: " ", count: min(indent, width - title.count)) + title, "2")]
    }

    // MARK: Cells

    /// One row a band; columns are steps of the horizontal axis as wide as a cell. What was never tried is in parentheses.
    private func table(_ cells: [Cell], _ names: [String]) -> [String] {
        let margin = (names.map(\.count).max() ?? 0) + 1
        let least = cells.map(\.low).min()!
        let places = cells.map { Int((log2($0.low / least) / log2($0.high / $0.low)).rounded()) }
        let columns = (places.max() ?? 0) + 1
        let each = (width - margin) / columns
        guard each >= 4 else { return ["(the terminal is too narrow for this chart)"] }
        let cellWidth = min(9, each)
        var grid = [[String]](
            repeating: Array(repeating: String(repeating: " ", count: cellWidth), count: columns), count: names.count)
        for (cell, place) in zip(cells, places) {
            let word = cell.lines[0].replacing("%", with: "")
            let text = cell.isChosen ? "[\(word)]" : cell.isHatched ? "(\(word))" : word
            grid[cell.band][place] = shaded(centred(text, cellWidth), cell)
        }
        let rows = zip(names, grid).map { pad($0, margin - 1) + " " + $1.joined() }
        let middles = Dictionary(
            zip(places, cells).map { ($0, Numbers.short(($1.low * $1.high).squareRoot())) }
        ) { first, _ in first }
        let foot = (0..<columns).map { centred(middles[$0] ?? "", cellWidth) }.joined()
        return [painted(chart.y.title, "2")] + rows
            + [
                String(repeating: " ", count: margin) + foot,
                painted(
                    String(repeating: " ", count: margin)
                        + centred("\(chart.x.title), about; [ ] the verdict, ( ) never tried", cellWidth * columns), "2"
                ),
            ]
    }

    private func shaded(_ text: String, _ cell: Cell) -> String {
        guard inColour else { return text }
        let colour = Style.shade(cell.value)
        // The nearest of the 6 x 6 x 6 colours that every terminal has.
        let cube = [colour.red, colour.green, colour.blue].map { Int((Double($0) / 51).rounded()) }
        let letters = Style.isLight(cell.value) ? "30" : "97"
        return "\u{1B}[\(letters);48;5;\(16 + 36 * cube[0] + 6 * cube[1] + cube[2])m\(text)\u{1B}[0m"
    }

    // MARK: Bars

    private func bars(_ names: [String]) -> [String] {
        let bars = chart.layers.flatMap { layer -> [Bar] in if case .bars(let bars) = layer { bars } else { [] } }
        let margin = min((names.map(\.count).max() ?? 0) + 1, width / 2)
        let labelWidth = (bars.compactMap(\.label?.count).max() ?? 0) + 1
        let columns = width - margin - labelWidth
        let scale = Scale(chart.x, from: 0, to: Double(columns))
        return bars.map { bar in
            let eighths = Int((8 * scale.clamped(bar.high)).rounded())
            let ends = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
            let block = String(repeating: "█", count: eighths / 8) + ends[eighths % 8]
            return pad(String(names[bar.band].prefix(margin - 1)), margin - 1) + " " + painted(block, "34") + " "
                + (bar.label ?? "")
        }
    }

    // MARK: Parts

    private func painted(_ text: String, _ code: String) -> String {
        inColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private func clipped(_ text: String) -> String { text.count <= width ? text : text.prefix(width - 1) + "…" }

    private func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func centred(_ text: String, _ width: Int) -> String {
        let space = max(0, width - text.count)
        return String(repeating: " ", count: space / 2) + text + String(repeating: " ", count: space - space / 2)
    }

    private static func trimmed(_ line: String) -> String {
        var line = Substring(line)
        while line.last == " " { line.removeLast() }
        return String(line)
    }

    /// Dots, two by four a character.
    private struct Canvas {
        static let blank: Character = " "
        private var dots: [[UInt8]]

        init(columns: Int, rows: Int) { dots = Array(repeating: Array(repeating: 0, count: columns), count: rows) }

        /// A line, of which every so many-th dot is set. What lies outside is left out.
        mutating func draw(from a: (Double, Double), to b: (Double, Double), every: Int = 1) {
            let steps = max(1, Int(max(abs(b.0 - a.0), abs(b.1 - a.1)).rounded(.up)))
            for step in 0...steps {
                let share = Double(step) / Double(steps)
                let x = Int((a.0 + share * (b.0 - a.0)).rounded())
                let y = Int((a.1 + share * (b.1 - a.1)).rounded())
                if (x + y) % every == 0 || every == 1 { set(x, y) }
            }
        }

        private mutating func set(_ x: Int, _ y: Int) {
            guard x >= 0, y >= 0, y / 4 < dots.count, x / 2 < dots[y / 4].count else { return }
            // Unicode numbers the dots of a character column by column, but for the lowest two.
            let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
            dots[y / 4][x / 2] |= bits[x % 2][y % 4]
        }

        var lines: [String] {
            dots.map { row in
                String(row.map { $0 == 0 ? Self.blank : Character(UnicodeScalar(0x2800 + UInt32($0))!) })
            }
        }
    }
}
