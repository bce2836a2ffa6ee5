import Foundation
import Outer
import Report
import Testing

/// Whether pages are opened in a browser, which has to be installed: `make test-browser`.
let hasBrowser = ProcessInfo.processInfo.environment["KNEE_BROWSER"] == "1"

@Suite("The page, in a browser", .enabled(if: hasBrowser), .serialized)
struct BrowserTests {
    private let program: Program
    private let browser: Browser

    init() throws {
        program = try Program()
        browser = try Browser.shared.get()
    }

    enum Kind: String, CaseIterable, Sendable { case study, sweep }

    /// A width of the window and a preference.
    private struct Look: CustomStringConvertible {
        let width: Int
        let scheme: Browser.Scheme

        static let all = [360, 800, 1600].flatMap { width in
            Browser.Scheme.allCases.map { Look(width: width, scheme: $0) }
        }

        var description: String { "\(width)-\(scheme)" }
    }

    private static let screenshots = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../.build/screenshots").standardized

    /// A page, and what the terminal said.
    private struct Written {
        let html: String
        /// The page when it is asked for once more.
        let again: String
        let report: String
        /// Numbers of which the verdict is made.
        let learned: Set<Int>
    }

    /// Made once, for all tests.
    private static let study = Result {
        let program = try Program()
        return try withExtendedLifetime(program) {
            let outcome = try program.run("learn", "nist/misra1a", "--max-evaluations", "60k", "--ceiling", "4k")
            let report = try program.run("report", "misra1a-1", "--format", "json").json()
            let arm = try #require(report["recommended"] as? [String: Any])
            let settings = try #require(arm["configuration"] as? [String: Any])
            let learned = [settings["swarmSize"], report["iterations"]].compactMap { $0 as? Int }
            #expect(learned.count == 2)
            let html = try String(contentsOfFile: program.path("runs/misra1a-1/report.html"), encoding: .utf8)
            let again = try page("again.html", of: "misra1a-1", by: program)
            return Written(html: html, again: again, report: outcome.output, learned: Set(learned))
        }
    }

    private static let sweep = Result {
        let program = try Program()
        try program.write(
            """
            name: night
            defaults: { max-evaluations: 30k, ceiling: 2k }
            studies:
              - problem: [sphere, nist/misra1a]
                price: [1, 2]
              - command: [awk, -v, "a={x0}", "BEGIN { if (a > 4) exit 1; print (a - 1) ^ 2 }"]
                bounds: [-5, 5]
                dimension: 1
                floor: 20
                ceiling: 40
                max-evaluations: 400
                swarm-sizes: [5, 10]
                confirm: 0
            """, to: "night.yaml")
        return try withExtendedLifetime(program) {
            let outcome = try program.run("sweep", "night.yaml")
            let html = try String(contentsOfFile: program.path("runs/night/report.html"), encoding: .utf8)
            let first = outcome.output.prefix { $0 != "\n" }
            return Written(html: html, again: html, report: outcome.output, learned: numbers(in: first))
        }
    }

    /// The page that is asked for by hand.
    private static func page(_ file: String, of study: String, by program: Program) throws -> String {
        let outcome = try program.run("report", study, "--html", file)
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try String(contentsOfFile: program.path(file), encoding: .utf8)
    }

    private static func written(_ kind: Kind) throws -> Written {
        switch kind {
        case .study: try study.get()
        case .sweep: try sweep.get()
        }
    }

    /// The whole numbers of a text; a number may be written in groups.
    private static func numbers(in text: some StringProtocol) -> Set<Int> {
        let joined = String(text).replacing(/([0-9])[,\u{A0}\u{2009}\u{202F}]([0-9]{3})/) { $0.1 + $0.2 }
        return Set(joined.matches(of: /[0-9]+/).compactMap { Int($0.0) })
    }

    private func plain(_ text: some StringProtocol) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Opens a page as a user with this window and preference sees it.
    private func open(_ html: String, _ look: Look) throws -> Page {
        try program.write(html, to: "page.html")
        _ = try browser.messages()
        try browser.size(width: look.width, height: 800)
        try browser.prefer(look.scheme)
        try browser.open(program.path("page.html"))
        return Page(browser: browser)
    }

    private func picture(_ name: String) -> URL { Self.screenshots.appendingPathComponent(name + ".png") }

    /// No complaints on the console.
    private func expectSilence(_ comment: String) throws {
        let complaints = try browser.messages().filter { ["SEVERE", "WARNING"].contains($0.level) }
        #expect(complaints.map(\.message) == [], "\(comment)")
    }

    @Test("is whole, fits and can be read, narrow or wide, light or dark", arguments: Kind.allCases)
    func looks(_ kind: Kind) throws {
        let written = try Self.written(kind)
        #expect(written.again == written.html)
        var backgrounds: [Browser.Scheme: Set<String>] = [:]
        for look in Look.all {
            let page = try open(written.html, look)
            let verdict = plain(try page.text("#verdict"))
            #expect(
                verdict == plain(written.report.prefix { $0 != "\n" })
                    || !written.learned.isEmpty && written.learned.isSubset(of: Self.numbers(in: verdict)),
                "\(look): \(verdict)")
            let names = try page.charts().map(\.name)
            switch kind {
            case .study:
                let all = ["quality", "heat", "purse", "worth", "factors", "ties"].map { "chart-" + $0 }
                #expect(Set(names).isSuperset(of: all), "\(look): \(names)")
            case .sweep:
                #expect(names.filter { $0.hasPrefix("chart-study-") }.count == 5, "\(look): \(names)")
            }
            #expect(Set(names).count == names.count, "\(look): \(names)")
            #expect(try page.incompleteCharts(isSmall: kind == .sweep) == [], "\(look)")
            try browser.screenshot(to: picture("\(kind)-\(look)"))
            for isUnfolded in [false, true] {
                if isUnfolded { try page.unfold() }
                #expect(try page.overflows() == [], "\(look), \(isUnfolded)")
                #expect(try page.paleTexts() == [], "\(look), \(isUnfolded)")
            }
            #expect(try page.loaded() == [], "\(look)")
            backgrounds[look.scheme, default: []].insert(try page.background())
            try expectSilence("\(look)")
        }
        let light = try #require(backgrounds[.light])
        let dark = try #require(backgrounds[.dark])
        #expect(light.count == 1 && dark.count == 1 && light != dark, "\(backgrounds)")
        #expect(try Page(browser: browser).incompleteSource(written.html) == [])
    }

    @Test("tells the value of a mark that is pointed at, or stepped to by keys", arguments: Kind.allCases)
    func tips(_ kind: Kind) throws {
        let written = try Self.written(kind)
        for look in Look.all {
            let page = try open(written.html, look)
            #expect(try page.tip(awaiting: [nil]) == Page.Tip(), "\(look)")
            let charts = try page.charts()
            #expect(!charts.isEmpty, "\(look)")
            for chart in charts {
                try browser.scroll(to: chart.svg)
                try pointing(chart, page, "\(look), \(chart.name)")
                try browser.pointAway()
                #expect(try page.tip(awaiting: [nil]) == Page.Tip(), "\(look), \(chart.name)")
                try stepping(chart, page, "\(look), \(chart.name)")
            }
            // The last one is still there.
            #expect(try page.paleTexts() == [], "\(look)")
            try expectSilence("\(look)")
        }
    }

    @Test("brings a mark into view that is stepped to, and tells its value")
    func scrolling() throws {
        let page = try open(Self.written(.study).html, Look(width: 360, scheme: .light))
        let verdict = try #require(try page.element("#verdict"))
        for chart in try page.charts() {
            try browser.scroll(to: verdict)
            try browser.focus(chart.svg)
            try browser.press(.right)
            // A page is told that it was scrolled when the next frame is drawn.
            usleep(200_000)
            #expect(try page.tip(awaiting: [chart.tips[0]]) == Page.Tip(text: chart.tips[0]), "\(chart.name)")
        }
    }

    private func pointing(_ chart: Page.Chart, _ page: Page, _ comment: String) throws {
        let marks = try page.reachableMarks(of: chart)
        #expect(!marks.isEmpty, "\(comment): no mark can be pointed at")
        for mark in marks {
            try page.browser.point(at: mark.element)
            let tip = try page.tip(awaiting: [mark.tip])
            #expect(tip == Page.Tip(text: mark.tip) && !mark.tip.isEmpty, "\(comment)")
        }
    }

    /// The tips shown are those of marks that follow one another, forwards and then back.
    private func stepping(_ chart: Page.Chart, _ page: Page, _ comment: String) throws {
        let tips = chart.tips
        try page.browser.focus(chart.svg)
        // Marks may share a text, so several places can be meant; the last may be followed by the first, or by none.
        var places = Array(tips.indices)
        for (step, key) in [Browser.Key.right, .right, .left].enumerated() {
            let nextPlaces: [Int]
            if step == 0 {
                nextPlaces = places
            } else {
                let by = key == .right ? 1 : -1
                nextPlaces = places.flatMap { place in
                    [(place + by + tips.count) % tips.count, min(max(place + by, 0), tips.count - 1)]
                }
            }
            try page.browser.press(key)
            let tip = try page.tip(awaiting: nextPlaces.map { tips[$0] })
            places = Set(nextPlaces).filter { tips[$0] == tip.text }.sorted()
            #expect(tip.isInside && !places.isEmpty, "\(comment), step \(step): \(tip)")
            if places.isEmpty { return }
        }
    }

    @Test("charts of comparisons are whole too, as files of their own", arguments: Browser.Scheme.allCases)
    func comparisons(_ scheme: Browser.Scheme) throws {
        var families: [RuntimesChart.Runtimes] = []
        for (index, name) in ["CLPSO", "standard PSO", "bare bones", "fully informed", "DE", "CMA-ES"].enumerated() {
            let times = (1...80).map { step in
                step % (index + 5) == 0 ? .infinity : pow(1.1, Double(step)).rounded() * 40 + 100 * Double(index)
            }
            families.append((name, EmpiricalDistribution(times)))
        }
        let ranks = families.enumerated().map { (family: $1.family, rank: 1.4 + 0.7 * Double($0)) }
        let charts = [
            try #require(RuntimesChart.draw(families, pairs: 80)),
            try #require(RanksChart.draw(ranks, groups: [[0, 1, 2], [2, 3], [4, 5]], subtitle: "Nemenyi, 5 %")),
        ]
        try browser.prefer(scheme)
        try browser.size(width: 800, height: 700)
        for chart in charts {
            try program.write(chart.svg, to: chart.name + ".svg")
            try browser.open(program.path(chart.name + ".svg"))
            try browser.screenshot(to: picture("\(chart.name)-\(scheme)"))
            let marks: Int = try browser.execute("return document.querySelectorAll('.mark').length")
            #expect(marks > 6)
            let words: [String] = try browser.execute(
                "return [...document.querySelectorAll('text')].map(e => e.textContent)")
            #expect(words.contains(chart.title) && families.allSatisfy { words.contains($0.family) }, "\(words)")
            let outside: [String] = try browser.execute(
                """
                const svg = document.documentElement.getBoundingClientRect();
                return [...document.querySelectorAll('text, .mark')].filter(e => { const b = e.getBoundingClientRect();
                return b.left < svg.left - 1 || b.right > svg.right + 1 || b.top < svg.top - 1 || b.bottom > svg.bottom + 1 })
                .map(e => e.outerHTML)
                """)
            #expect(outside == [])
        }
        try expectSilence("\(scheme)")
    }

    @Test("that of a comparison is whole, fits and can be read too")
    func comparisonPage() throws {
        let compared = try program.start([
            "compare", "--families", "cmaes,jade,differentialEvolution,spso2011,particleSwarm,uniformRandom",
            "--problems",
            "bbob", "--dimension", "3", "--blocks", "2", "--evaluations-per-coordinate", "100", "--name", "six",
            "--quiet",
        ]).finish()
        #expect(compared.code == 0, "\(compared.errors)")
        let html = try String(contentsOfFile: program.path("runs/six/report.html"), encoding: .utf8)
        for look in Look.all {
            let page = try open(html, look)
            #expect(try page.charts().map(\.name) == ["chart-ranks", "chart-runtimes"], "\(look)")
            // Marks of a smooth line are not seen until they are pointed at.
            let missing = try page.incompleteCharts(isSmall: false).filter {
                $0 != "chart-runtimes: a mark that tells its value"
            }
            #expect(missing == [], "\(look): \(missing)")
            try browser.screenshot(to: picture("comparison-\(look)"))
            for isUnfolded in [false, true] {
                if isUnfolded { try page.unfold() }
                let overflows = try page.overflows()
                #expect(overflows == [], "\(look), \(isUnfolded): \(overflows)")
                #expect(try page.paleTexts() == [], "\(look), \(isUnfolded)")
            }
            #expect(try page.loaded() == [], "\(look)")
            try expectSilence("\(look)")
        }
        let printed = try open(html, Look(width: 680, scheme: .light))
        try browser.prefer(.light, on: .print)
        #expect(try printed.overflows(on: .print) == [])
    }

    @Test("can be printed: nothing is cut", arguments: Kind.allCases)
    func print(_ kind: Kind) throws {
        let written = try Self.written(kind)
        // Between the margins of A4 and of Letter.
        for width in [680, 718] {
            let page = try open(written.html, Look(width: width, scheme: .light))
            try browser.prefer(.light, on: .print)
            #expect(try page.overflows(on: .print) == [], "\(width)")
            #expect(try page.charts().count >= 5, "\(width)")
            try page.unfold()
            #expect(try page.overflows(on: .print) == [], "\(width), unfolded")
            #expect(try page.paleTexts() == [], "\(width)")
            try browser.screenshot(to: picture("\(kind)-print-\(width)"))
            try expectSilence("\(width)")
        }
    }

    // MARK: - Hostile texts

    /// What a name, a command or its standard error may say.
    private static let hostile = [
        ["<script>window.pwned=1</script>", #""><img src=x onerror=window.pwned=1>"#],
        ["javascript:window.pwned=1", "]]>--><!--"],
        ["</title></svg></style><script>window.pwned=1</script>", "&lt;b&gt;&#60;i&#62;"],
    ]

    /// An objective that fails now and then, and in the end always, and says why.
    private func writeObjective() throws {
        try program.write(
            #"""
            #!/bin/sh
            n=0
            [ -e "asked-$1" ] && read -r n < "asked-$1"
            echo $((n += 1)) > "asked-$1"
            [ $n -gt 200 ] || [ $((n % 50)) = 49 ] && echo "said $2 $3" >&2 && exit 3
            echo "$4"
            """#, to: "f", executable: true)
    }

    /// Opens a page, looks at every chart, and expects these texts, as texts.
    private func expectHarmless(
        _ html: String, telling texts: [String], picture name: String
    ) throws {
        let page = try open(html, Look(width: 800, scheme: .light))
        try page.unfold()
        try browser.screenshot(to: picture(name))
        var visible = plain(try page.text())
        for text in texts {
            #expect(visible.contains(text), "\(name)")
            // What is a part of another has to be there by itself.
            visible = visible.replacing(text, with: "")
        }
        for chart in try page.charts() {
            try browser.scroll(to: chart.svg)
            for mark in try page.reachableMarks(of: chart) {
                try browser.point(at: mark.element)
                #expect(try page.tip(awaiting: [mark.tip]) == Page.Tip(text: mark.tip), "\(name): \(chart.name)")
            }
        }
        #expect(try page.injections() == [], "\(name)")
        #expect(try page.overflows() == [], "\(name)")
        try expectSilence(name)
    }

    private static let space = [
        "--bounds", "-5,5", "--dimension", "2", "--floor", "25", "--ceiling", "100", "--swarm-sizes", "5,10",
    ]

    @Test("shows what names, commands and their errors say, and does not do it")
    func hostileStudy() throws {
        try writeObjective()
        for (number, texts) in Self.hostile.enumerated() {
            let said = texts.joined(separator: " ")
            let name = #"x"onload="window.pwned=1"'"# + said.filter { !$0.isWhitespace && $0 != "/" }
            let learned = try program.start(
                ["learn", "--study", name, "--max-evaluations", "800", "--abort-after", "7", "--workers", "1"]
                    + Self.space + ["--env", "NOTE=\(said)", "--quiet", "--", "./f", "\(number)"] + texts + ["{x}"]
            ).finish()
            #expect(learned.code == 4, "\(learned.errors)")
            try expectHarmless(
                Self.page("again.html", of: name, by: program), telling: [name, "said \(said)"] + texts,
                picture: "hostile-\(number)")
        }
    }

    @Test("shows what the commands of a sweep say, and does not do it")
    func hostileSweep() throws {
        try writeObjective()
        let studies = try Self.hostile.enumerated().map { number, texts in
            let words = try JSONSerialization.data(
                withJSONObject: ["./f", "\(number)"] + texts + ["{x}"], options: .withoutEscapingSlashes)
            return "  - { name: n\(number), command: \(String(decoding: words, as: UTF8.self)) }"
        }
        try program.write(
            """
            name: night
            defaults:
              bounds: [-5, 5]
              dimension: 2
              floor: 25
              ceiling: 100
              swarm-sizes: [5, 10]
              max-evaluations: 800
              abort-after: 7
            studies:
            \(studies.joined(separator: "\n"))
            """, to: "night.yaml")
        let outcome = try program.run("sweep", "night.yaml", "--quiet", "--workers", "1")
        #expect(outcome.code == 4, "\(outcome.errors)")
        try expectHarmless(
            String(contentsOfFile: program.path("runs/night/report.html"), encoding: .utf8),
            telling: Self.hostile.map { "said \($0.joined(separator: " "))" }, picture: "hostile-sweep")
    }
}
