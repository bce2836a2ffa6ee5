import Foundation
import Testing

/// Whether pages are opened in a browser, which has to be installed: `make test-browser`.
let hasBrowser = ProcessInfo.processInfo.environment["KNEE_BROWSER"] == "1"

@Suite("The page, in a browser", .enabled(if: hasBrowser), .serialized)
struct BrowserTests {
    let program: Program
    let browser: Browser

    init() throws {
        program = try Program()
        browser = try Browser.shared.get()
    }

    enum Kind: String, CaseIterable, Sendable { case study, sweep }

    /// A width of the window and a preference.
    struct Look: CustomStringConvertible {
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
    static func page(_ file: String, of study: String, by program: Program) throws -> String {
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

    func plain(_ text: some StringProtocol) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Opens a page as a user with this window and preference sees it.
    func open(_ html: String, _ look: Look) throws -> Page {
        try program.write(html, to: "page.html")
        _ = try browser.messages()
        try browser.size(width: look.width, height: 800)
        try browser.prefer(look.scheme)
        try browser.open(program.path("page.html"))
        return Page(browser: browser)
    }

    func picture(_ name: String) -> URL { Self.screenshots.appendingPathComponent(name + ".png") }

    /// No complaints on the console.
    func expectSilence(_ comment: String) throws {
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
}
