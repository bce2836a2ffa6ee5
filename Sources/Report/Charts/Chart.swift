/// One picture that answers one question: what is drawn, in the units of the data. How it becomes SVG, a Vega-Lite
/// specification or lines of a terminal is no concern of it.
public struct Chart: Sendable {
    /// A word, unique in a page.
    public var name: String
    /// The answer, in a sentence.
    public var title: String
    /// What is drawn, and in which units.
    public var subtitle: String
    public var x: Axis
    public var y: Axis
    /// From back to front.
    public var layers: [Layer]
    /// What colours mean, where a label beside the marks cannot say it.
    public var key: [(label: String, ink: Ink)] = []
    /// Before the key.
    public var keyTitle = ""
    /// Height of the plot over its width, on a wide page.
    public var aspect = 0.5
    /// The same facts in words and numbers.
    public var table: DataTable

    public init(
        name: String, title: String, subtitle: String, x: Axis, y: Axis, layers: [Layer], table: DataTable
    ) {
        (self.name, self.title, self.subtitle) = (name, title, subtitle)
        (self.x, self.y, self.layers, self.table) = (x, y, layers, table)
    }
}

extension Chart {
    /// As an SVG file with its own style, light and dark.
    public var svg: String { SVG.file(self) }
}

/// Marks of one kind.
public enum Layer: Sendable {
    /// A band between two curves over the same places.
    case area([Interval], Ink)
    /// Curves, each through its points in order.
    case lines([[Point]], Ink, LineStyle)
    case dots([Point], Ink)
    /// Bars along the horizontal axis, each in a band of the vertical one.
    case bars([Bar])
    /// Rectangles, each in a band of the vertical axis, coloured by a value from 0 to 1.
    case cells([Cell])
    /// A line across the plot.
    case rule(Rule)
    /// A vertical strip from `low` to `high`.
    case strip(low: Double, high: Double, Ink)
    case labels([Label])

    /// Points with a tip are dots, but on a smooth line, where they show only when they are pointed at.
    public enum LineStyle: Sendable { case strong, smooth, thin, dashed }
}

/// A place in the units of the axes; what it says when it is pointed at.
public struct Point: Sendable {
    public var x: Double
    public var y: Double
    public var tip: String?

    public init(_ x: Double, _ y: Double, tip: String? = nil) { (self.x, self.y, self.tip) = (x, y, tip) }
}

public struct Interval: Sendable {
    public var x: Double
    public var low: Double
    public var high: Double

    public init(_ x: Double, _ low: Double, _ high: Double) { (self.x, self.low, self.high) = (x, low, high) }
}

public struct Bar: Sendable {
    /// Index of its band.
    public var band: Int
    public var low: Double
    public var high: Double
    public var ink: Ink
    public var tip: String
    /// Written at its end.
    public var label: String?

    public init(band: Int, low: Double, high: Double, ink: Ink, tip: String, label: String? = nil) {
        (self.band, self.low, self.high) = (band, low, high)
        (self.ink, self.tip, self.label) = (ink, tip, label)
    }
}

public struct Cell: Sendable {
    public var band: Int
    public var low: Double
    public var high: Double
    /// 0 ... 1
    public var value: Double
    /// Written into it as far as there is room, the first line before the others.
    public var lines: [String]
    /// Nothing was seen here.
    public var isHatched: Bool
    public var isChosen: Bool
    public var tip: String

    public init(
        band: Int, low: Double, high: Double, value: Double, lines: [String], isHatched: Bool, isChosen: Bool,
        tip: String
    ) {
        (self.band, self.low, self.high, self.value) = (band, low, high, value)
        (self.lines, self.isHatched, self.isChosen, self.tip) = (lines, isHatched, isChosen, tip)
    }
}

public struct Rule: Sendable {
    public enum Place: Sendable, Equatable { case x(Double), y(Double) }

    public var place: Place
    public var ink: Ink
    /// Beside it, one line below the other.
    public var lines: [String]
    /// Whether they stand at the upper end of a vertical line; at the lower one if not.
    public var isLabelledAtTop: Bool

    public init(_ place: Place, _ ink: Ink, _ lines: [String] = [], isLabelledAtTop: Bool = false) {
        (self.place, self.ink, self.lines, self.isLabelledAtTop) = (place, ink, lines, isLabelledAtTop)
    }
}

/// Text at a place.
public struct Label: Sendable {
    public var x: Double
    public var y: Double
    public var text: String
    public var ink: Ink
    public var anchor: Anchor

    /// Which end of the text stands at the place.
    public enum Anchor: String, Sendable { case start, middle, end }

    public init(_ x: Double, _ y: Double, _ text: String, _ ink: Ink, _ anchor: Anchor = .start) {
        (self.x, self.y, self.text, self.ink, self.anchor) = (x, y, text, ink, anchor)
    }
}

/// What a chart shows, for those who read instead of looking.
public struct DataTable: Sendable {
    public var header: [String]
    public var rows: [[String]]
    /// What was left out, if anything.
    public var note: String?

    /// - Precondition: every row is as long as the header.
    public init(_ header: [String], _ rows: [[String]], note: String? = nil) {
        precondition(rows.allSatisfy { $0.count == header.count }, "rows as long as \(header)")
        (self.header, self.rows, self.note) = (header, rows, note)
    }
}
