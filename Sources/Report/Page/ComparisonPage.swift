import Inner
import Outer

/// A comparison as one page: the verdict, its charts, then every fact of the report.
public enum ComparisonPage {
    public static func render(_ report: ComparisonReport) -> String {
        // Where a page is, it need not say.
        var report = report
        report.page = nil
        let verdict = ComparisonText.headline(report)
        return Page.render(
            verdict,
            [
                Markup("h1", text: "Knee: comparison \(report.name)"), Markup("p", ["id": "verdict"], text: verdict),
                Markup("section", ["class": "charts"], charts(report).map(Page.figure)), runningTimes(report),
                Markup(
                    "details", ["class": "facts", "open": ""],
                    [
                        Markup("summary", text: "All facts"),
                        Markup("pre", ["tabindex": "0"], text: ComparisonText.render(report)),
                    ]),
            ])
    }

    private static func runningTimes(_ report: ComparisonReport) -> Markup {
        let title = "Expected evaluations to the hardest target that some family reaches in half of its searches"
        let table = DataTable(
            ["problem", "target"] + report.families,
            RunningTimeTable(report).rows.map { row in
                [row.problem, row.target]
                    + row.times.map { time in
                        time.successes == 0
                            ? "-" : "\(Numbers.short(time.evaluations)) (\(time.successes) of \(time.runs))"
                    }
            },
            note: "In brackets: searches that have reached it. All evaluations until then, or in vain, over successes.")
        return Markup("section", ["class": "facts"], [Markup("h2", text: title)] + Page.table(table, label: title))
    }

    /// All of them, in the order they are read.
    public static func charts(_ report: ComparisonReport) -> [Chart] {
        let times = report.families.map { family in
            (
                family: family,
                times: RuntimeProfile(report.runs.filter { $0.family == family }, targets: report.targets).times
            )
        }
        let pairs = report.runs.reduce(0) { $0 + report.targets[$1.problem].count } / max(1, report.families.count)
        let ranks = report.levels.last.flatMap { level in
            level.comparison.flatMap { RanksChart.draw($0, at: level.label) }
        }
        return [ranks, RuntimesChart.draw(times, pairs: pairs)].compactMap(\.self)
    }
}
