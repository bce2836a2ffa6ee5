import Foundation
import Inner
import Ledger
import Outer
import Problems
import Report
import Support
import Testing

@Suite("Pages")
struct PageTests {
    /// A study of an easy function with its searches.
    private func study(
        name: String = "s", words: [String] = ["knee", "learn"], pulls count: Int = 60, policy: String = "thompson"
    ) async throws -> (report: StudyReport, pulls: [Pull]) {
        var factors = ArmSpace.Factors()
        (factors.swarmSizes, factors.inertias, factors.topologies) = ([5, 20], ["0.5", "0.7298"], ["ring"])
        let record = StudyRecord(
            name: name, problem: try .builtIn("sphere", dimension: 3),
            spec: StudySpec(
                space: try ArmSpace(factors, floor: 50, ceiling: 400), policy: policy, seed: 3, maxPulls: count,
                stopsWhenSure: false),
            provenance: Provenance(created: "now", commandLine: words, programVersion: "1", host: "h"))
        guard case .pure(let problem) = try record.problem.make() else { throw Missing() }
        let pulls = try await runStudy(record.spec, workers: 1, launch: launcher(for: problem), record: { _ in }).pulls
        return (try StudyReport(record, optimum: 0, pulls: pulls, stop: .pulls, ledger: "runs/knee.sqlite"), pulls)
    }

    private struct Missing: Error {}

    private func drawn(_ report: StudyReport, _ pulls: [Pull]) throws -> StudyPicture? {
        try Landscape(report.spec, pulls).map { StudyPicture(report, $0, pulls) }
    }

    @Test("a page says the verdict, settings, knee, cost and command first, then draws every chart twice, with a table")
    func page() async throws {
        let (report, pulls) = try await study(words: ["knee", "learn", "sphere", "--dimension", "3"])
        let picture = try #require(try drawn(report, pulls))
        let page = StudyPage.render(report, picture)
        let headline = try #require(ReportText.render(report).split(separator: "\n").first)
        let start = try #require(page.range(of: "<section")).lowerBound
        let (head, charts) = (page[..<start], page[start...])
        #expect(head.contains("<p id=\"verdict\">\(headline)</p>"))
        let any = try #require(report.verdict).kneeOfAnySettings
        for fact in [
            "<dt>use</dt>", "<dt>knee</dt>", "<dt>cost</dt>", "knee learn sphere --dimension 3",
            "whatever the settings, \(any.lowerBound) to \(any.upperBound)</dd>",
        ] {
            #expect(head.contains(fact), "\(fact)")
        }
        let names = picture.charts.map(\.name)
        #expect(names == ["quality", "heat", "worth", "purse", "factors", "ties"])
        for chart in picture.charts {
            #expect(charts.contains("id=\"chart-\(chart.name)\"") && !chart.table.rows.isEmpty && !chart.title.isEmpty)
        }
        #expect(charts.matches(of: /<svg\ /).count == 2 * names.count)
        #expect(charts.matches(of: /<table>/).count == names.count)
        // Nothing comes from elsewhere.
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("src="))
        #expect(page == StudyPage.render(report, try drawn(report, pulls)))
    }

    @Test("what users name is shown and never markup")
    func hostile() async throws {
        let evil = "\"><script>window.pwned=1</script><img/src=x/onerror=alert(1)>"
        let (report, pulls) = try await study(name: evil, words: ["knee", evil], pulls: 25)
        let page = StudyPage.render(report, try drawn(report, pulls))
        // The page has one script, its own.
        #expect(page.matches(of: /<script/).count == 1 && !page.contains("<img"))
        #expect(page.contains("&lt;script&gt;window.pwned=1&lt;/script&gt;"))
        let sweep = SweepReport(
            name: evil, studies: [.init(name: evil, report: report, forecast: nil, trouble: evil)], run: nil)
        let night = SweepPage.render(sweep, workers: 1)
        #expect(night.matches(of: /<script/).count == 1 && !night.contains("<img"))
    }

    @Test("a study that has learned nothing has a page without charts")
    func nothing() async throws {
        let (report, pulls) = try await study(pulls: 0)
        #expect(try drawn(report, pulls) == nil)
        let page = StudyPage.render(report, nil)
        #expect(page.contains("nothing learned yet") && !page.contains("<svg "))
    }

    @Test("the page of 1,000 searches takes less than a megabyte, and its marks are bounded")
    func size() async throws {
        let (report, pulls) = try await study(pulls: 1500, policy: "uniform")
        let picture = try #require(try drawn(report, pulls))
        #expect(StudyPage.render(report, picture).utf8.count < 1_000_000)
        let purse = try #require(PurseChart.draw(picture))
        guard case .bars(let bars) = purse.layers[0] else { throw Missing() }
        #expect(bars.count <= 2 * PurseChart.mostMarks && bars.count > 100)
        // What is merged begins with the first search and ends with the last.
        let spent = pulls.reduce(0) { $0 + $1.result.evaluations }
        #expect(bars.map(\.low).min() == 0 && bars.map(\.high).max() == Double(spent))
    }

    @Test("of many traces the best and the worst are drawn")
    func extremes() {
        var chance = RandomStream(seed: 5)
        let traces = (0..<5000).map { _ in
            Landscape.ScoredTrace(points: [(evaluations: 10, score: chance.normal()), (20, chance.normal())])
        }
        let drawn = QualityChart.sample(traces)
        #expect(drawn.count == QualityChart.mostTraces)
        let ends = traces.map { $0.points[1].score }
        #expect(drawn.first?.points[1].score == ends.min() && drawn.last?.points[1].score == ends.max())
        #expect(QualityChart.sample(Array(traces.prefix(7))).count == 7)
    }

    @Test("the landscape ends where the verdict is; before, it is what the study believed then")
    func landscape() async throws {
        let (report, pulls) = try await study()
        let verdict = try #require(report.verdict)
        let landscape = try #require(try Landscape(report.spec, pulls))
        let last = try #require(landscape.worth.last)
        #expect(last.gain == verdict.expectedGainOfPerfectInformation && last.searches == pulls.count)
        #expect(last.evaluations == report.evaluations)
        for look in landscape.worth {
            let then = try #require(try Verdict.of(report.spec, Array(pulls.prefix(look.searches))))
            #expect(look.gain == then.expectedGainOfPerfectInformation, "after \(look.searches)")
        }
        let own = try #require(landscape.cells.first { $0.arm == verdict.arm })
        #expect(own.mean == verdict.meanScore && own.deviation == verdict.epistemicDeviation)
        #expect(landscape.cells.count == 2 * verdict.levels)
        let alike = pulls.filter { $0.decision.arm / report.spec.space.levels == verdict.arm.configurationIndex }
        #expect(landscape.traces.count == alike.count)
        #expect(own.searches == alike.count { $0.budget >= verdict.arm.budget })
        #expect(landscape.verdict == verdict)
        let short = try #require(try Landscape(report.spec, pulls, verdict: verdict, history: false))
        #expect(short.worth == [last] && short.cells == landscape.cells)
    }
}
