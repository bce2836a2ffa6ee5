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
                Markup("section", ["class": "charts"], charts(report).map(Page.figure)),
                Markup(
                    "details", ["class": "facts", "open": ""],
                    [
                        Markup("summary", text: "All facts"),
                        Markup("pre", ["tabindex": "0"], text: ComparisonText.render(report)),
                    ]),
            ])
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
