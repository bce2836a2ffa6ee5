import Foundation
import Inner
import Outer
import Report
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Charts")
struct ChartTests {
    // MARK: Axes

    private func span(_ chance: inout RandomStream, _ exponents: ClosedRange<Double>) -> Double {
        pow(10, exponents.lowerBound + (exponents.upperBound - exponents.lowerBound) * chance.uniform())
    }

    @Test("labelled places of any axis rise within it, differ, and are no more than there is room for")
    func ticks() {
        var chance = RandomStream(seed: 1)
        for _ in 0..<2000 {
            let low = span(&chance, -9...9)
            let wide = low * (1 + span(&chance, -2...8))
            let negative = -span(&chance, -9...9)
            let room = 60 + 900 * chance.uniform()
            for kind in [Axis.Kind.logarithmic(low...wide), .linear(negative...wide)] {
                let scale = Scale(Axis("", kind), from: 0, to: room)
                let ticks = scale.ticks(spacing: 56)
                let places = ticks.map { scale($0.value) }
                #expect(places.allSatisfy { $0 >= -1e-6 && $0 <= room + 1e-6 }, "\(kind) \(places)")
                #expect(zip(places, places.dropFirst()).allSatisfy { $0 < $1 }, "\(kind)")
                #expect(Set(ticks.map(\.label)).count == ticks.count, "\(kind): \(ticks.map(\.label))")
                #expect(ticks.count <= max(2, Int(room / 56)) + 1, "\(kind): \(ticks.map(\.label))")
            }
        }
    }

    @Test("a logarithmic axis is labelled at round numbers, with small ticks at one to nine times the powers of ten")
    func logarithmicTicks() {
        let scale = Scale(Axis("", .logarithmic(80...40_000)), from: 0, to: 400)
        #expect(scale.ticks(spacing: 56).map(\.label) == ["100", "300", "1k", "3k", "10k", "30k"])
        #expect(Scale(Axis("", .logarithmic(70...320)), from: 0, to: 400).ticks(spacing: 56).count >= 3)
        #expect(scale.minorTicks.prefix(4) == [80, 90, 100, 200] && scale.minorTicks.count == 24)
        #expect(abs(scale(80)) < 1e-9 && abs(scale(40_000) - 400) < 1e-9)
    }

    // MARK: Drawings

    private static let hostile = "</title></svg><script>window.pwned=1</script>\"'&<img onerror=x>]]>\u{0}\u{1B}[31m"

    /// One of every mark, all text hostile.
    private var everything: Chart {
        let text = Self.hostile
        return Chart(
            name: "all", title: text, subtitle: text, x: Axis(text, .logarithmic(1...1000)),
            y: Axis(text, .bands([text, "b"])),
            layers: [
                .strip(low: 10, high: 20, .answer),
                .area([Interval(1, 0, 1), Interval(1000, 0.5, 1)], .belief),
                .lines([[Point(1, 0, tip: text), Point(1000, 1)]], .series(3), .dashed),
                .dots([Point(5, 1, tip: text)], .faint),
                .bars([Bar(band: 0, low: 1, high: 100, ink: .shade(0.3), tip: text, label: text)]),
                .cells([
                    Cell(
                        band: 1, low: 10, high: 900, value: 0.9, lines: ["a", text], isHatched: true, isChosen: true,
                        tip: text)
                ]),
                .rule(Rule(.x(100), .answer, [text])), .rule(Rule(.y(0), .observed, [text])),
                .labels([Label(1000, 0, text, .observed)]),
            ], table: DataTable([text], [[text]]))
    }

    /// What a reader of XML finds.
    private final class Reader: NSObject, XMLParserDelegate {
        var names: Set<String> = []
        var attributes: Set<String> = []
        var text = ""

        init?(_ document: String) {
            super.init()
            let parser = XMLParser(data: Data(document.utf8))
            parser.delegate = self
            guard parser.parse() else { return nil }
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes found: [String: String] = [:]
        ) {
            names.insert(name)
            attributes.formUnion(found.keys)
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    @Test("a drawing is well formed, and text of users stays text")
    func hostile() throws {
        let reader = try #require(Reader(everything.svg))
        #expect(
            reader.names == [
                "svg", "style", "text", "title", "desc", "defs", "clipPath", "pattern", "rect", "line", "path",
                "circle",
            ])
        #expect(!reader.attributes.contains { $0.hasPrefix("on") })
        #expect(reader.text.contains("</title></svg><script>window.pwned=1</script>"))
        #expect(!everything.svg.contains("<script") && !everything.svg.contains("\u{1B}"))
    }

    @Test("every kind of mark leaves something to see, inside of the drawing")
    func marks() throws {
        let svg = everything.svg
        for look in ["mark strip", "mark area", "mark line series3 dashed", "mark fill faint", "mark shaded", "chosen"]
        {
            #expect(svg.contains(look), "\(look)")
        }
        for match in svg.matches(of: /<(?:circle|rect)[^>]* (?:cx|x)="([-0-9.]+)"/) {
            let place = try #require(Double(match.1))
            #expect((0...760).contains(place), "\(match.0)")
        }
    }

    @Test("a Vega-Lite specification is JSON with a layer a kind of mark, data inside")
    func vegaLite() throws {
        let text = try VegaLite.specification(everything)
        let spec = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect((spec["$schema"] as? String)?.hasSuffix("vega-lite/v5.json") == true)
        let layers = try #require(spec["layer"] as? [[String: Any]])
        // Cells take two: rectangles and their words.
        #expect(layers.count == everything.layers.count + 1)
        for layer in layers {
            let data = try #require(layer["data"] as? [String: Any])
            #expect(try #require(data["values"] as? [Any]).isEmpty == false)
        }
        #expect((spec["title"] as? [String: Any])?["text"] as? String == Self.hostile)
    }

    @Test("in a terminal no line is wider than it, and colour comes only where it is wanted", arguments: [40, 80, 133])
    func terminal(width: Int) {
        let curve = Chart(
            name: "c", title: "A title that is long enough to be broken into two lines of a terminal of eighty columns",
            subtitle: "words", x: Axis("evaluations", .logarithmic(100...20_000)), y: Axis("share", .linear(0...1)),
            layers: [
                .area([Interval(100, 0, 0.4), Interval(20_000, 0.6, 1)], .belief),
                .lines([[Point(100, 0.2), Point(20_000, 0.8)]], .belief, .strong),
                .rule(Rule(.x(15_000), .answer, ["knee 15,000", "90 % range 10k to 20k"])),
            ], table: DataTable([], []))
        let bars = Chart(
            name: "b", title: "t", subtitle: "s", x: Axis("share", .linear(0...100)),
            y: Axis("", .bands(["one", String(repeating: "long", count: 30)])),
            layers: [
                .bars([
                    Bar(band: 0, low: 0, high: 100, ink: .belief, tip: "", label: "100 %"),
                    Bar(band: 1, low: 0, high: 3, ink: .belief, tip: "", label: "3 %"),
                ])
            ], table: DataTable([], []))
        for chart in [curve, bars] {
            let plain = UnicodeChart.render(chart, width: width, inColour: false)
            for line in plain.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
            #expect(!plain.contains("\u{1B}"))
            let coloured = UnicodeChart.render(chart, width: width, inColour: true)
            #expect(coloured.contains("\u{1B}[34m"))
            #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "").filter { $0 != " " } == plain.filter { $0 != " " })
        }
        let drawn = UnicodeChart.render(curve, width: width, inColour: false)
        #expect(
            drawn.contains("knee 15,000") && drawn.contains("┊") && (drawn.contains("⠤") || drawn.contains("⣀")),
            "\(drawn)")
    }

    // MARK: Colours

    /// L*, a* and b* of a colour as seen with a kind of colour vision.
    private func lab(_ hex: String, _ vision: [[Double]]) -> [Double] {
        let digits = Array(hex.dropFirst())
        let linear = [0, 2, 4].map { place -> Double in
            let part = Double(Int(String(digits[place...place + 1]), radix: 16) ?? 0) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        let product = { (row: [Double], column: [Double]) -> Double in
            zip(row, column).map { $0 * $1 }.reduce(0, +)
        }
        let seen = vision.map { product($0, linear) }
        let matrix = [
            [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041],
        ]
        let parts = zip(matrix, [0.95047, 1, 1.08883]).map { row, white -> Double in
            let t = max(0, product(row, seen)) / white
            return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116
        }
        return [116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2])]
    }

    /// Normal vision, and that without one kind of cone: Machado, Oliveira & Fernandes (2009), A Physiologically-based Model
    /// for Simulation of Color Vision Deficiency, doi:10.1109/TVCG.2009.113, table 1, severity 1.
    private static let visions = [
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ]

    /// The least distance of two of the colours, in CIE 1976 units, over all kinds of vision.
    private func leastDistance(_ colours: [String]) -> Double {
        var least = Double.infinity
        for vision in Self.visions {
            let seen = colours.map { lab($0, vision) }
            for a in seen.indices {
                for b in 0..<a {
                    let differences = zip(seen[a], seen[b]).map { $0 - $1 }
                    least = min(least, differences.reduce(0) { $0 + $1 * $1 }.squareRoot())
                }
            }
        }
        return least
    }

    @Test("series are told apart with every kind of colour vision; red and green of equal lightness would not be")
    func colours() {
        for inDark in [true, false] {
            let colours = Style.seriesColours(inDark: inDark)
            #expect(colours.count == 6)
            #expect(leastDistance(colours) > 30, "\(colours): \(leastDistance(colours))")
        }
        #expect(leastDistance(["#b04a00", "#7a5c00"]) < 5)
    }

    // MARK: For comparisons

    private struct Missing: Error {}

    @Test("the distribution of running times steps up where targets are reached, and never down")
    func runtimes() throws {
        let values = [[10, .infinity, 40, 20], [80, 90, 70, 60.0]]
        let families: [RuntimesChart.Runtimes] = zip(["a", "b"], values).map { ($0, EmpiricalDistribution($1)) }
        let chart = try #require(RuntimesChart.draw(families, pairs: 4))
        #expect(chart.title == "b reaches the most: 100 % of all targets")
        for (layer, times) in zip(chart.layers, values) {
            guard case .lines(let lines, _, _) = layer else { continue }
            #expect(zip(lines[0], lines[0].dropFirst()).allSatisfy { $0.x <= $1.x && $0.y <= $1.y })
            for budget in [15, 20, 45, 85, 90] {
                let share = Double(times.count { $0 <= Double(budget) }) / 4
                #expect(lines[0].last { $0.x <= Double(budget) }?.y == 100 * share, "\(times) \(budget)")
            }
        }
        let never = EmpiricalDistribution([.infinity, .infinity])
        #expect(RuntimesChart.draw([("a", never)], pairs: 2) == nil && RuntimesChart.draw([], pairs: 0) == nil)
        // However many steps there are, few are drawn, the last among them.
        let many = EmpiricalDistribution((1...20_000).map { Double($0) * 3 })
        guard case .lines(let drawn, _, _) = try #require(RuntimesChart.draw([("m", many)], pairs: 20_000)).layers[0]
        else { throw Missing() }
        #expect(drawn[0].count < 400 && drawn[0].last?.y == 100)
    }

    @Test("average ranks are in order, with a bar over those that cannot be told apart")
    func ranks() throws {
        let families = [("slow", 2.9), ("best", 1.2), ("next", 1.9)]
        let tied = try #require(RanksChart.draw(families, groups: [[1, 2], [0]], subtitle: "Nemenyi, 5 %"))
        #expect(tied.y.kind == .bands(["best", "next", "slow", "not told apart"]))
        #expect(tied.title == "best ranks best, but cannot be told apart from others")
        guard case .bars(let bars) = tied.layers[0] else { throw Missing() }
        #expect(bars.count == 1 && bars[0].low < 1.2 && bars[0].high > 1.9 && bars[0].high < 2.9)
        #expect(try #require(RanksChart.draw(families, groups: [[2, 0]], subtitle: "")).title == "best ranks best")
    }
}
