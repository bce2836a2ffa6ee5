import Foundation

/// A chart as SVG: scales, then marks.
struct SVG {
    private let chart: Chart
    private let width: Double
    /// What names inside of the drawing begin with: they are unique in a page.
    private let prefix: String
    private let isNarrow: Bool
    private let plot: (left: Double, top: Double, right: Double, bottom: Double)
    private let height: Double
    private let x: Scale
    private let y: Scale

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

    // MARK: Marks

    private func marks(_ layer: Layer) -> [Markup] {
        switch layer {
        case .area(let intervals, let ink): [area(intervals, ink)]
        case .lines(let lines, let ink, let style): lines.flatMap { curve($0, ink, style) }
        case .dots(let points, let ink): points.map { dot($0, ink) }
        case .bars(let bars): bars.flatMap(bar)
        case .cells(let cells): cells.flatMap(cell) + cells.filter(\.isChosen).map(frame)
        case .rule(let rule): self.rule(rule)
        case .strip(let low, let high, let ink):
            [
                rectangle(
                    x.clamped(low), plot.top, x.clamped(high), plot.bottom, ["class": "mark strip fill \(name(ink))"])
            ]
        case .labels(let labels): self.labels(labels)
        }
    }

    private func area(_ intervals: [Interval], _ ink: Ink) -> Markup {
        let upper = intervals.map { (x($0.x), y($0.high)) }
        let lower = intervals.reversed().map { (x($0.x), y($0.low)) }
        return Markup(
            "path",
            ["class": "mark area fill \(name(ink))", "clip-path": clip, "d": Self.path(upper + lower) + "Z"])
    }

    private func curve(_ points: [Point], _ ink: Ink, _ style: Layer.LineStyle) -> [Markup] {
        let look =
            switch style {
            case .strong, .smooth: ""
            case .thin: " thin"
            case .dashed: " dashed"
            }
        let path = Markup(
            "path",
            [
                "class": "mark line \(name(ink))\(look)", "clip-path": clip,
                "d": Self.path(points.map { (x($0.x), y($0.y)) }),
            ])
        return [path] + points.filter { $0.tip != nil }.map { dot($0, ink, isHidden: style == .smooth) }
    }

    private func dot(_ point: Point, _ ink: Ink, isHidden: Bool = false) -> Markup {
        let radius = ink == .faint ? "2" : "4"
        let look = "fill \(name(ink))\(isHidden ? " hidden" : "")"
        return Markup(
            "circle",
            [
                "class": "mark \(look)", "cx": Self.number(x.clamped(point.x)), "cy": Self.number(y.clamped(point.y)),
                "r": radius,
            ], tip(point.tip))
    }

    private func bar(_ bar: Bar) -> [Markup] {
        let top = y(Double(bar.band)) - 0.36 * y.bandWidth
        let left = x.clamped(bar.low)
        let right = max(x.clamped(bar.high), left + 1)
        var parts = [
            rectangle(
                left, top, right, top + 0.72 * y.bandWidth, ink(bar.ink, "mark fill"), tip(bar.tip))
        ]
        if let label = bar.label { parts.append(text(right + 6, y(Double(bar.band)) + 4, label, .start)) }
        return parts
    }

    private func cell(_ cell: Cell) -> [Markup] {
        let (left, right) = (x.clamped(cell.low), x.clamped(cell.high))
        let top = y(Double(cell.band)) - y.bandWidth / 2
        let bottom = top + y.bandWidth
        let look = Style.isLight(cell.value) ? "dark" : "bright"
        var parts = [
            Markup(
                "rect",
                [
                    "class": "mark", "x": Self.number(left), "y": Self.number(top),
                    "width": Self.number(max(0, right - left - 1)), "height": Self.number(bottom - top - 1),
                    "fill": Style.hex(cell.value),
                ], tip(cell.tip))
        ]
        if cell.isHatched {
            parts.append(
                rectangle(
                    left, top, right - 1, bottom - 1,
                    ["fill": "url(#\(prefix)-\(look))", "pointer-events": "none"]))
        }
        let fits = cell.lines.prefix { Style.width(of: $0, size: Style.smallSize) < right - left - 2 }
        let first = (top + bottom) / 2 + 3.5 - Double(fits.count - 1) * 6.5
        for (index, line) in fits.enumerated() {
            parts.append(
                Markup(
                    "text",
                    [
                        "class":
                            "cell small \(index == 0 ? "bold " : "")\(look)",
                        "x": Self.number((left + right) / 2), "y": Self.number(first + 13 * Double(index)),
                        "text-anchor": "middle", "pointer-events": "none",
                    ], text: line))
        }
        return parts
    }

    private func frame(_ cell: Cell) -> Markup {
        let top = y(Double(cell.band)) - y.bandWidth / 2
        return rectangle(
            x.clamped(cell.low), top, x.clamped(cell.high) - 1, top + y.bandWidth - 1,
            ["class": "chosen", "pointer-events": "none"])
    }

    private func rule(_ rule: Rule) -> [Markup] {
        let lines = rule.lines.enumerated()
        switch rule.place {
        case .x(let value):
            let place = x.clamped(value)
            // The words stand where there is more room.
            let widest = rule.lines.map { Style.width(of: $0) }.max() ?? 0
            let isLeft = place + widest + 8 > plot.right && place - widest - 8 > plot.left
            let base =
                rule.isLabelledAtTop
                ? plot.top + Style.lineHeight + 2 : plot.bottom - 10 - Double(rule.lines.count - 1) * Style.lineHeight
            return [line(place, plot.top, place, plot.bottom, "mark line dashed \(name(rule.ink))")]
                + lines.map { index, words in
                    text(
                        place + (isLeft ? -7 : 7), base + Double(index) * Style.lineHeight, words,
                        isLeft ? .end : .start, "inside \(name(rule.ink))\(index == 0 ? " bold" : "")")
                }
        case .y(let value):
            let place = y.clamped(value)
            // Above the line, or below it where that would leave the plot.
            let above = place - 6 - Double(rule.lines.count - 1) * Style.lineHeight
            let base = above - Style.lineHeight < plot.top ? place + Style.lineHeight : above
            return [line(plot.left, place, plot.right, place, "mark line dashed \(name(rule.ink))")]
                + lines.map { index, words in
                    text(
                        plot.left + 6, base + Double(index) * Style.lineHeight, words, .start,
                        "inside \(name(rule.ink))\(index == 0 ? " bold" : "")")
                }
        }
    }

    /// Those that would cover each other move apart: each stands below the one before.
    private func labels(_ labels: [Label]) -> [Markup] {
        var lowest = -Double.infinity
        var places: [(label: Label, y: Double)] = []
        for label in labels.sorted(by: { y($0.y) < y($1.y) }) {
            let place = max(y.clamped(label.y) + 4, lowest + Style.lineHeight)
            places.append((label, place))
            if label.anchor == .start { lowest = place }
        }
        return places.map { label, place in
            let offset: Double =
                switch label.anchor {
                case .start: 7
                case .middle: 0
                case .end: -7
                }
            return text(x.clamped(label.x) + offset, place, label.text, label.anchor, "\(name(label.ink)) bold")
        }
    }

    // MARK: Parts

    private var clip: String { "url(#\(prefix)-clip)" }

    private func name(_ ink: Ink) -> String { Style.name(ink) ?? "" }

    private func ink(_ ink: Ink, _ look: String) -> KeyValuePairs<StaticString, String> {
        if case .shade(let value) = ink {
            return ["class": look.replacing("fill", with: "shaded"), "fill": Style.hex(value)]
        }
        return ["class": "\(look) \(name(ink))"]
    }

    private func tip(_ text: String?) -> [Markup] { text.map { [Markup("title", text: $0)] } ?? [] }

    private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ look: String) -> Markup {
        Markup(
            "line",
            [
                "class": look, "x1": Self.number(x1), "y1": Self.number(y1), "x2": Self.number(x2),
                "y2": Self.number(y2),
            ])
    }

    private func rectangle(
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

    private func text(_ x: Double, _ y: Double, _ words: String, _ anchor: Label.Anchor, _ look: String = "")
        -> Markup
    {
        Markup(
            "text",
            [
                "class": look, "x": Self.number(x), "y": Self.number(y), "text-anchor": anchor.rawValue,
            ], text: words)
    }

    private func clipped(_ text: String, to width: Double) -> String {
        let most = Int(width / (Style.characterWidth * Style.fontSize))
        return text.count <= most ? text : text.prefix(max(1, most - 1)) + "…"
    }

    private static func path(_ points: [(Double, Double)]) -> String {
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
