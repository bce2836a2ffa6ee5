/// What every kind of mark is as SVG.
extension SVG {
    func marks(_ layer: Layer) -> [Markup] {
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

    /// Those that would cover each other move apart: each stands below the one before, and if the last would stand below the
    /// plot, those above it make room.
    private func labels(_ labels: [Label]) -> [Markup] {
        var lowest = -Double.infinity
        var places: [(label: Label, y: Double)] = []
        for label in labels.sorted(by: { y($0.y) < y($1.y) }) {
            let place = max(y.clamped(label.y) + 4, lowest + Style.lineHeight)
            places.append((label, place))
            if label.anchor == .start { lowest = place }
        }
        var highest = max(y.start, y.end) + 4
        for index in places.indices.reversed() where places[index].label.anchor == .start {
            places[index].y = min(places[index].y, highest)
            highest = places[index].y - Style.lineHeight
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
}
