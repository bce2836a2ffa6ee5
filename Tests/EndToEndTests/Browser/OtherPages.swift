import Foundation
import Outer
import Report
import Testing

extension BrowserTests {
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
        // Marks of a smooth line are not seen until they are pointed at.
        try expectWhole(
            "six", charts: ["chart-ranks", "chart-runtimes"], picture: "comparison",
            unseen: "chart-runtimes: a mark that tells its value")
    }

    @Test("that of a composition is whole, fits and can be read too")
    func compositionPage() throws {
        let composed = try program.start([
            "compose", "--demo", "digits", "--study", "mixed", "--max-evaluations", "8k", "--swarm-sizes", "5,20",
            "--quiet",
        ]).finish()
        #expect([0, 3].contains(composed.code), "\(composed.errors)")
        try expectWhole(
            "mixed", charts: ["quality", "heat", "fresh", "worth", "purse", "factors", "ties"].map { "chart-" + $0 },
            picture: "composition")
        let page = try open(html("mixed"), Look(width: 800, scheme: .light))
        let text = plain(try page.text())
        for words in ["The composed expert beside others", "CMA-ES", "Model Swarms' loop", "Made of", "Missed by all"] {
            #expect(text.contains(words), "\(words)")
        }
    }

    private func html(_ name: String) throws -> String {
        try String(contentsOfFile: program.path("runs/\(name)/report.html"), encoding: .utf8)
    }

    /// Opens the page of that name in every look, and expects these charts and no others, and nothing cut or pale.
    private func expectWhole(_ name: String, charts: [String], picture: String, unseen: String? = nil) throws {
        let html = try html(name)
        for look in Look.all {
            let page = try open(html, look)
            #expect(try page.charts().map(\.name) == charts, "\(look)")
            let missing = try page.incompleteCharts(isSmall: false).filter { $0 != unseen }
            #expect(missing == [], "\(look): \(missing)")
            try browser.screenshot(to: self.picture("\(picture)-\(look)"))
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
}
