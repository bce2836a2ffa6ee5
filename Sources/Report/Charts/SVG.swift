import Foundation

/// A chart as SVG: scales, then marks.
struct SVG {
    let chart: Chart
    let width: Double
    /// What names inside of the drawing begin with: they are unique in a page.
    let prefix: String
    private let isNarrow: Bool
    let plot: (left: Double, top: Double, right: Double, bottom: Double)
    private let height: Double
    let x: Scale
    let y: Scale

    /// - Parameter width: in pixels, at which letters have their size; the page may scale it.
    static func draw(_ chart: Chart, width: Double) -> Markup { SVG(chart, width).markup() }

    /// A chart as a file that needs no page: title and subtitle stand above it.
    static func file(_ chart: Chart) -> String {
        let drawing = SVG(chart, Style.wide)
        let title = Paragraph.lines(chart.title, width: Int(Style.wide / (Style.characterWidth * Style.titleSize)))
        let subtitle = Paragraph.lines(
            chart.subtitle, width: Int(Style.wide / (Style.characterWidth * Style.fontSize)))
        let titleHeight = 1.25 * Style.titleSize * Double(title.count)
        let top = titleHeight + Style.lineHeight * Double(subtitle.count) + 10
        let heading =
            title.enumerated().map {
                drawing.text(2, 1.25 * Style.titleSize * Double($0 + 1), $1, .start, "title")
            }
            + subtitle.enumerated().map {
                drawing.text(2, titleHeight + Style.lineHeight * Double($0 + 1), $1, .start)
            }
        return Markup(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "role": "img",
                "viewBox": "0 0 \(number(Style.wide)) \(number(drawing.height + top))",
                "width": number(Style.wide), "height": number(drawing.height + top),
            ],
            [Markup("style", [:], [.constant(Style.alone)])] + heading
                + [
                    Markup(
                        "svg", ["y": number(top), "width": number(Style.wide), "height": number(drawing.height)],
                        [drawing.markup()])
                ]
        ).render() + "\n"
    }

    private init(_ chart: Chart, _ width: Double) {
        (self.chart, self.width) = (chart, width)
        prefix = "\(chart.name)-\(Int(width))"
        isNarrow = width < 500
        let keyHeight = Double(Self.keyLines(chart, width).count) * Style.lineHeight
        let aspect = isNarrow ? max(chart.aspect, 0.72) : chart.aspect
        let left = Self.leftMargin(chart, width)
        let right = width - Self.rightMargin(chart, left, width)
        let top = keyHeight + 10 + (chart.y.title.isEmpty ? 0 : Style.lineHeight + 4)
        let bands = Self.bands(chart.y)
        let plotHeight = bands.map { max(60, Double($0) * Self.bandHeight(chart)) } ?? aspect * (right - left)
        plot = (left, top, right, top + plotHeight)
        height = plot.bottom + 2 * Style.lineHeight + 12
        x = Scale(chart.x, from: plot.left, to: plot.right)
        y =
            bands == nil
            ? Scale(chart.y, from: plot.bottom, to: plot.top) : Scale(chart.y, from: plot.top, to: plot.bottom)
    }

    // MARK: Layout

    private static func bands(_ axis: Axis) -> Int? {
        if case .bands(let names) = axis.kind { return names.count }
        return nil
    }

    private static func bandHeight(_ chart: Chart) -> Double {
        chart.layers.contains { if case .cells = $0 { true } else { false } } ? 42 : 24
    }

    /// Names of bands may take two fifths of the width; longer ones are cut.
    private static func leftMargin(_ chart: Chart, _ width: Double) -> Double {
        let labels: [String] =
            switch chart.y.kind {
            case .bands(let names): names
            default: Scale(chart.y, from: 300, to: 0).ticks(spacing: 30).map(\.label)
            }
        let widest = labels.map { Style.width(of: $0) }.max() ?? 0
        return min(widest, 0.4 * width) + 14
    }

    /// Room for what stands beside the ends of marks.
    private static func rightMargin(_ chart: Chart, _ left: Double, _ width: Double) -> Double {
        let x = Scale(chart.x, from: left, to: width)
        var margin = 14.0
        for layer in chart.layers {
            switch layer {
            case .bars(let bars):
                for bar in bars {
                    margin = max(margin, Style.width(of: bar.label ?? "") + 10 - (width - x(bar.high)) * 0.6)
                }
            case .labels(let labels):
                for label in labels where label.anchor == .start && x(label.x) > width - 1 {
                    margin = max(margin, Style.width(of: label.text) + 12)
                }
            default: break
            }
        }
        return min(margin, 0.45 * width)
    }

    /// The key, as many entries a line as there is room for.
    private static func keyLines(_ chart: Chart, _ width: Double) -> [[(label: String, ink: Ink)]] {
        var lines: [[(label: String, ink: Ink)]] = chart.key.isEmpty ? [] : [[]]
        var used = keyStart(chart)
        for entry in chart.key {
            let needed = keyWidth(entry.label)
            if used + needed > width {
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append(entry)
            used += needed
        }
        return lines
    }

    private static func keyStart(_ chart: Chart) -> Double {
        chart.keyTitle.isEmpty ? 2 : 2 + Style.width(of: chart.keyTitle) + 10
    }

    private static func keyWidth(_ label: String) -> Double { 16 + Style.width(of: label) + 12 }

    // MARK: The drawing

    private func markup() -> Markup {
        var children = [
            Markup("title", ["id": prefix + "-title"], text: chart.title),
            Markup("desc", ["id": prefix + "-desc"], text: chart.subtitle),
            definitions(),
        ]
        children += key() + grid() + chart.layers.flatMap(marks) + axes()
        return Markup(
            "svg",
            [
                "viewBox": "0 0 \(Self.number(width)) \(Self.number(height))", "role": "img", "tabindex": "0",
                "aria-labelledby": "\(prefix)-title", "aria-describedby": "\(prefix)-desc",
            ], children)
    }

    private func definitions() -> Markup {
        Markup(
            "defs", [:],
            [
                Markup(
                    "clipPath", ["id": prefix + "-clip"],
                    [rectangle(plot.left, plot.top, plot.right, plot.bottom, [:])]),
                hatch("dark"), hatch("bright"),
            ])
    }

    /// Slanted lines, dark ones for light ground.
    private func hatch(_ look: String) -> Markup {
        Markup(
            "pattern",
            [
                "id": "\(prefix)-\(look)", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse",
                "patternTransform": "rotate(45)",
            ], [Markup("line", ["x1": "0", "y1": "0", "x2": "0", "y2": "6", "class": "hatch \(look)"])])
    }

    private func key() -> [Markup] {
        let title = chart.keyTitle.isEmpty ? [] : [text(2, 12, chart.keyTitle, .start)]
        return title
            + Self.keyLines(chart, width).enumerated().flatMap { row, entries in
                var left = row == 0 ? Self.keyStart(chart) : 2
                return entries.flatMap { entry -> [Markup] in
                    let top = Double(row) * Style.lineHeight
                    defer { left += Self.keyWidth(entry.label) }
                    return [
                        rectangle(left, top + 2, left + 11, top + 13, ink(entry.ink, "fill")),
                        text(left + 16, top + 12, entry.label, .start),
                    ]
                }
            }
    }

    private func grid() -> [Markup] {
        var lines: [Markup] = []
        if Self.bands(chart.y) == nil {
            lines += y.ticks(spacing: 34).map { line(plot.left, y($0.value), plot.right, y($0.value), "grid") }
        }
        lines += x.ticks(spacing: 56).map { line(x($0.value), plot.top, x($0.value), plot.bottom, "grid") }
        return lines
    }

    private func axes() -> [Markup] {
        var parts: [Markup] = []
        if Self.bands(chart.y) == nil {
            parts += y.ticks(spacing: 34).map { text(plot.left - 6, y($0.value) + 4, $0.label, .end) }
        } else if case .bands(let names) = chart.y.kind {
            parts += names.enumerated().map { index, name in
                text(plot.left - 6, y(Double(index)) + 4, clipped(name, to: plot.left - 8), .end)
            }
        }
        parts += x.minorTicks.map { line(x($0), plot.bottom, x($0), plot.bottom + 3, "tick") }
        for tick in x.ticks(spacing: 56) {
            parts.append(line(x(tick.value), plot.bottom, x(tick.value), plot.bottom + 5, "tick"))
            let half = Style.width(of: tick.label) / 2
            // Those at the ends stay within the drawing.
            let centre = min(max(x(tick.value), half), width - half)
            parts.append(text(centre, plot.bottom + Style.lineHeight + 3, tick.label, .middle))
        }
        parts.append(line(plot.left, plot.bottom, plot.right, plot.bottom, "tick"))
        if !chart.y.title.isEmpty {
            parts.append(text(2, plot.top - 12, clipped(chart.y.title, to: width - 4), .start))
        }
        parts.append(
            text(
                (plot.left + plot.right) / 2, plot.bottom + 2 * Style.lineHeight + 5,
                clipped(chart.x.title, to: width - 4), .middle))
        return parts
    }

    // MARK: Parts

    var clip: String { "url(#\(prefix)-clip)" }

    func name(_ ink: Ink) -> String { Style.name(ink) ?? "" }

    func ink(_ ink: Ink, _ look: String) -> KeyValuePairs<StaticString, String> {
        if case .shade(let value) = ink {
            return ["class": look.replacing("fill", with: "shaded"), "fill": Style.hex(value)]
        }
        return ["class": "\(look) \(name(ink))"]
    }

    func tip(_ text: String?) -> [Markup] { text.map { [Markup("title", text: $0)] } ?? [] }

    func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ look: String) -> Markup {
        Markup(
            "line",
            [
                "class": look, "x1": Self.number(x1), "y1": Self.number(y1), "x2": Self.number(x2),
                "y2": Self.number(y2),
            ])
    }

    func rectangle(
        _ left: Double, _ top: Double, _ right: Double, _ bottom: Double,
        _ attributes: KeyValuePairs<StaticString, String>, _ children: [Markup] = []
    ) -> Markup {
        Markup(
            "rect",
            [
                "x": Self.number(left), "y": Self.number(top), "width": Self.number(max(0, right - left)),
                "height": Self.number(max(0, bottom - top)),
            ], attributes, children)
    }

    func text(_ x: Double, _ y: Double, _ words: String, _ anchor: Label.Anchor, _ look: String = "")
        -> Markup
    {
        Markup(
            "text",
            [
                "class": look, "x": Self.number(x), "y": Self.number(y), "text-anchor": anchor.rawValue,
            ], text: words)
    }

    func clipped(_ text: String, to width: Double) -> String {
        let most = Int(width / (Style.characterWidth * Style.fontSize))
        return text.count <= most ? text : text.prefix(max(1, most - 1)) + "…"
    }

    static func path(_ points: [(Double, Double)]) -> String {
        var path = ""
        for (index, point) in points.enumerated() {
            path += (index == 0 ? "M" : "L") + number(point.0) + " " + number(point.1)
        }
        return path
    }

    /// To a tenth of a pixel.
    static func number(_ value: Double) -> String {
        let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
        let (whole, rest) = (tenths / 10, abs(tenths % 10))
        return (tenths < 0 && whole == 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
    }
}
