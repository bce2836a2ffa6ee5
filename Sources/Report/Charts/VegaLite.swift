import Foundation

/// A chart as a Vega-Lite specification with its data inside, to be restyled elsewhere.
///
/// - SeeAlso: Satyanarayan, Moritz, Wongsuphasawat & Heer (2017), Vega-Lite: A Grammar of Interactive Graphics,
///   doi:10.1109/TVCG.2016.2599030
public struct VegaLite {
    private let chart: Chart

    /// The specification as JSON; keys are sorted.
    public static func specification(_ chart: Chart) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(VegaLite(chart: chart).whole()), as: UTF8.self) + "\n"
    }

    private func whole() -> Value {
        let height: Value =
            if case .bands(let names) = chart.y.kind { .number(Double(names.count) * 28) } else {
                .number((680 * chart.aspect).rounded())
            }
        return [
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "title": ["text": .text(chart.title), "subtitle": .text(chart.subtitle), "anchor": "start"],
            "width": 680, "height": height, "layer": .list(chart.layers.flatMap(layer)),
            "config": ["view": ["stroke": .null], "axis": ["gridColor": "#e3e7ec"]],
        ]
    }

    // MARK: Layers

    private func layer(_ layer: Layer) -> [Value] {
        switch layer {
        case .area(let intervals, let ink):
            [
                self.layer(
                    ["type": "area", "opacity": 0.18, "color": colour(ink)],
                    intervals.map { ["x": .number($0.x), "low": .number($0.low), "high": .number($0.high)] },
                    ["x": x("x"), "y": y("low"), "y2": ["field": "high"]])
            ]
        case .lines(let lines, let ink, let style): [self.lines(lines, ink, style)]
        case .dots(let points, let ink):
            [
                self.layer(
                    ["type": "point", "filled": true, "color": colour(ink)], points.map(row),
                    ["x": x("x"), "y": y("y"), "tooltip": Self.tooltip])
            ]
        case .bars(let bars):
            [
                self.layer(
                    ["type": "bar"],
                    bars.map { bar in
                        [
                            "band": .text(band(bar.band)), "low": .number(bar.low), "high": .number(bar.high),
                            "colour": colour(bar.ink), "tip": .text(bar.tip),
                        ]
                    },
                    [
                        "x": x("low"), "x2": ["field": "high"], "y": y("band"), "color": Self.own,
                        "tooltip": Self.tooltip,
                    ])
            ]
        case .cells(let cells): cellLayers(cells)
        case .rule(let rule): [self.rule(rule)]
        case .strip(let low, let high, let ink):
            [
                self.layer(
                    ["type": "rect", "opacity": 0.1, "color": colour(ink)],
                    [["low": .number(low), "high": .number(high)]], ["x": x("low"), "x2": ["field": "high"]])
            ]
        case .labels(let labels):
            labels.map { label in
                self.layer(
                    [
                        "type": "text", "color": colour(label.ink), "fontWeight": "bold",
                        "align": .text(["start": "left", "end": "right"][label.anchor.rawValue] ?? "center"), "dx": 6,
                    ], [["x": .number(label.x), "y": vertical(label.y), "text": .text(label.text)]],
                    ["x": x("x"), "y": y("y"), "text": ["field": "text"]])
            }
        }
    }

    private func lines(_ lines: [[Point]], _ ink: Ink, _ style: Layer.LineStyle) -> Value {
        var mark: [String: Value] = [
            "type": "line", "color": colour(ink), "strokeWidth": style == .strong || style == .smooth ? 2 : 1,
        ]
        if style == .thin { mark["opacity"] = 0.4 }
        if style == .dashed { mark["strokeDash"] = [5, 3] }
        if style == .strong { mark["point"] = true }
        let rows = lines.enumerated().flatMap { number, points in
            points.enumerated().map { order, point in
                var row = row(point)
                row["line"] = .number(Double(number))
                row["order"] = .number(Double(order))
                return row
            }
        }
        return layer(
            .object(mark), rows,
            [
                "x": x("x"), "y": y("y"), "detail": ["field": "line", "type": "nominal"],
                "order": ["field": "order", "type": "quantitative"], "tooltip": Self.tooltip,
            ])
    }

    private func cellLayers(_ cells: [Cell]) -> [Value] {
        let rows = cells.map { cell -> [String: Value] in
            let words = cell.lines.joined(separator: " ")
            return [
                "band": .text(band(cell.band)), "low": .number(cell.low), "high": .number(cell.high),
                "middle": .number((cell.low * cell.high).squareRoot()), "colour": .text(Style.hex(cell.value)),
                "letters": Style.isLight(cell.value) ? "#10151a" : "#ffffff", "tip": .text(cell.tip),
                "text": .text(cell.isHatched ? "(\(words))" : words),
                "edge": .text(cell.isChosen ? "#b3261e" : "#ffffff"), "width": cell.isChosen ? 3 : 1,
            ]
        }
        let scaleless: (String) -> Value = { ["field": .text($0), "type": "nominal", "scale": .null, "legend": .null] }
        return [
            layer(
                ["type": "rect"], rows,
                [
                    "x": x("low"), "x2": ["field": "high"], "y": y("band"), "color": Self.own, "tooltip": Self.tooltip,
                    "stroke": scaleless("edge"),
                    "strokeWidth": ["field": "width", "type": "quantitative", "scale": .null, "legend": .null],
                ]),
            layer(
                ["type": "text", "fontSize": 9], rows,
                ["x": x("middle"), "y": y("band"), "text": ["field": "text"], "color": scaleless("letters")]),
        ]
    }

    private func rule(_ rule: Rule) -> Value {
        let (place, channel): (Double, String) =
            switch rule.place {
            case .x(let value): (value, "x")
            case .y(let value): (value, "y")
            }
        let encoding: [String: Value] = [channel: channel == "x" ? x("at") : y("at")]
        let words: [String: Value] =
            channel == "x"
            ? ["align": "left", "baseline": "bottom", "dx": 6, "dy": -16, "y": ["value": "height"]]
            : ["align": "right", "baseline": "bottom", "dy": -4, "x": ["value": "width"]]
        var text: [String: Value] = ["type": "text", "color": colour(rule.ink), "lineBreak": "\n"]
        for key in ["align", "baseline", "dx", "dy"] { text[key] = words[key] }
        var textEncoding = encoding
        textEncoding["text"] = ["field": "text"]
        for key in ["x", "y"] where words[key] != nil { textEncoding[key] = words[key] }
        return [
            "data": values([["at": .number(place), "text": .text(rule.lines.joined(separator: "\n"))]]),
            "layer": [
                [
                    "mark": ["type": "rule", "color": colour(rule.ink), "strokeDash": [5, 3]],
                    "encoding": .object(encoding),
                ],
                ["mark": .object(text), "encoding": .object(textEncoding)],
            ],
        ]
    }

    // MARK: Parts

    private func layer(_ mark: Value, _ rows: [[String: Value]], _ encoding: [String: Value]) -> Value {
        ["mark": mark, "data": values(rows), "encoding": .object(encoding)]
    }

    private func values(_ rows: [[String: Value]]) -> Value { ["values": .list(rows.map(Value.object))] }

    private func row(_ point: Point) -> [String: Value] {
        var row: [String: Value] = ["x": .number(point.x), "y": .number(point.y)]
        if let tip = point.tip { row["tip"] = .text(tip) }
        return row
    }

    private func x(_ field: String) -> Value { channel(field, chart.x) }
    private func y(_ field: String) -> Value { channel(field, chart.y) }

    private func channel(_ field: String, _ axis: Axis) -> Value {
        let title: Value = axis.title.isEmpty ? .null : .text(axis.title)
        switch axis.kind {
        case .linear(let range): return quantity(field, axis, title, range, type: "linear")
        case .logarithmic(let range): return quantity(field, axis, title, range, type: "log")
        case .bands(let names):
            return [
                "field": .text(field), "type": "nominal", "title": title, "sort": .null,
                "scale": ["domain": .list(names.map(Value.text))], "axis": ["labelLimit": 280],
            ]
        }
    }

    private func quantity(
        _ field: String, _ axis: Axis, _ title: Value, _ range: ClosedRange<Double>, type: String
    ) -> Value {
        var described: [String: Value] = [
            "labelExpr": "datum.value < 1 ? format(datum.value, '~g') : format(datum.value, '~s')"
        ]
        if let ticks = axis.ticks {
            // The words of a tick are looked up by its value.
            let words = ticks.map { "\"\(Self.key($0.value))\":\"\($0.label)\"" }.joined(separator: ",")
            described = [
                "values": .list(ticks.map { .number($0.value) }), "labelExpr": .text("({\(words)})[''+datum.value]"),
            ]
        }
        return [
            "field": .text(field), "type": "quantitative", "title": title, "axis": .object(described),
            "scale": [
                "type": .text(type), "nice": false, "zero": false, "clamp": true,
                "domain": [.number(range.lowerBound), .number(range.upperBound)],
            ],
        ]
    }

    /// A number as JavaScript writes it.
    private static func key(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }

    private func vertical(_ value: Double) -> Value {
        if case .bands = chart.y.kind { return .text(band(Int(value))) }
        return .number(value)
    }

    private func band(_ index: Int) -> String {
        guard case .bands(let names) = chart.y.kind else { return "" }
        return names[index]
    }

    private func colour(_ ink: Ink) -> Value {
        switch ink {
        case .shade(let value): .text(Style.hex(value))
        default: .text(Style.lightColour(ink))
        }
    }

    private static let own: Value = ["field": "colour", "type": "nominal", "scale": .null, "legend": .null]
    private static let tooltip: Value = ["field": "tip"]

    /// A JSON value.
    private enum Value: Encodable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
        ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
    {
        case text(String), number(Double), bool(Bool), null, list([Value]), object([String: Value])

        init(stringLiteral value: String) { self = .text(value) }
        init(integerLiteral value: Int) { self = .number(Double(value)) }
        init(floatLiteral value: Double) { self = .number(value) }
        init(booleanLiteral value: Bool) { self = .bool(value) }
        init(arrayLiteral elements: Value...) { self = .list(elements) }
        init(dictionaryLiteral elements: (String, Value)...) {
            self = .object(Dictionary(uniqueKeysWithValues: elements))
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let value): try container.encode(value)
            case .number(let value): try container.encode(value)
            case .bool(let value): try container.encode(value)
            case .null: try container.encodeNil()
            case .list(let values): try container.encode(values)
            case .object(let values): try container.encode(values)
            }
        }
    }
}
