import Foundation

/// Mean regret against evaluations as SVG: one line a way to learn, its name at its end.
struct LearningChart {
    let spending: [Double]
    /// The regret of the best that could be learned from the table.
    let floor: Double
    let title: String

    private let width = 860.0
    private let height = 460.0
    /// Margins.
    private let left = 56.0
    private let right = 250.0
    private let top = 40.0
    private let bottom = 48.0
    private let lineHeight = 15.0

    private static let colours = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f3c8d", "#8c564b", "#4d4d4d", "#999999",
        "#b8a000",
    ]

    func svg(_ ways: [RegretCurves]) -> String {
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(text(width)) \(text(height))\" "
                + "font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
            label(left, 22, title, size: 14),
        ]
        parts += axes()
        let ends = labelHeights(ways.map { y($0.ends.reduce(0, +) / Double($0.ends.count)) })
        for (index, way) in ways.enumerated() {
            let colour = Self.colours[index % Self.colours.count]
            let points = zip(spending, way.mean).map { "\(text(x($0))),\(text(y($1)))" }.joined(separator: " ")
            parts.append("<polyline points=\"\(points)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>")
            parts.append(label(width - right + 8, ends[index] + 4, way.name, colour: colour))
        }
        return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private func axes() -> [String] {
        var parts: [String] = []
        for regret in stride(from: 0.0, through: 1, by: 0.2) {
            parts.append(line(left, y(regret), width - right, y(regret)))
            parts.append(label(left - 8, y(regret) + 4, String(format: "%.0f %%", 100 * regret), anchor: "end"))
        }
        for octave in stride(from: 32.0, through: spending[spending.count - 1], by: 1).filter({ isOctave($0) }) {
            parts.append(line(x(octave), top, x(octave), height - bottom))
            parts.append(label(x(octave), height - bottom + 18, LearningText.count(octave), anchor: "middle"))
        }
        parts.append(
            line(left, y(floor), width - right, y(floor), attributes: "stroke=\"#222\" stroke-dasharray=\"2 3\""))
        let middle = left + 0.5 * (width - right - left)
        parts.append(label(middle, height - 10, "evaluations (625 a least budget)", anchor: "middle"))
        return parts
    }

    private func isOctave(_ spending: Double) -> Bool { log2(spending) == log2(spending).rounded() }

    /// Where names can stand without covering each other: in the order of the ends, each below the one before.
    private func labelHeights(_ ends: [Double]) -> [Double] {
        var heights = ends
        var lowest = -Double.infinity
        for index in ends.indices.sorted(by: { ends[$0] < ends[$1] }) {
            heights[index] = max(ends[index], lowest + lineHeight)
            lowest = heights[index]
        }
        // Pushed past the axis, all move up together.
        let excess = max(0, lowest - (height - bottom))
        return heights.map { $0 - excess }
    }

    private func x(_ spending: Double) -> Double {
        let share = log2(spending / self.spending[0]) / log2(self.spending[self.spending.count - 1] / self.spending[0])
        return left + share * (width - right - left)
    }

    private func y(_ regret: Double) -> Double {
        top + (1 - min(max(regret, 0), 1.05)) * (height - top - bottom)
    }

    private func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, attributes: String = "stroke=\"#ddd\""
    ) -> String { "<path d=\"M\(text(x1)) \(text(y1))L\(text(x2)) \(text(y2))\" \(attributes)/>" }

    private func label(
        _ x: Double, _ y: Double, _ words: String, size: Int = 12, anchor: String = "start", colour: String = "#222"
    ) -> String {
        "<text x=\"\(text(x))\" y=\"\(text(y))\" text-anchor=\"\(anchor)\" font-size=\"\(size)\" fill=\"\(colour)\">"
            + "\(words)</text>"
    }

    private func text(_ value: Double) -> String { String(format: "%.1f", value) }
}
