import Outer

/// A sweep as one page: what was learned as a table, a small chart of every study, and the morning report.
public enum SweepPage {
    /// - Parameter workers: what more hours are told for.
    public static func render(_ sweep: SweepReport, workers: Int) -> String {
        let verdict = "\(sweep.sure) of \(Numbers.counted(sweep.studies.count, "study is", "studies are")) sure"
        let charts = sweep.studies.enumerated().map { figure($1, number: $0 + 1, sweep) }
        return Page.render(
            "\(sweep.name): \(verdict)",
            [
                Markup("h1", text: "Knee: sweep \(sweep.name)"),
                Markup("p", ["id": "verdict"], text: "\(sweep.name): \(verdict)"),
                Markup(
                    "details", ["class": "facts", "open": ""],
                    [
                        Markup("summary", text: "The morning report"),
                        Markup("pre", ["tabindex": "0"], text: SweepText.render(sweep, workers: workers)),
                    ]),
                Markup("section", ["class": "multiples facts"], charts),
            ])
    }

    private static func figure(_ study: SweepReport.Study, number: Int, _ sweep: SweepReport) -> Markup {
        let title = Markup("h2", text: SweepText.label(study, sweep))
        guard let report = study.report, var chart = study.chart else {
            let words = study.trouble ?? study.report.map(ReportText.headline) ?? "not begun"
            return Markup("figure", [:], [title, Markup("p", ["class": "subtitle"], text: words)])
        }
        (chart.name, chart.aspect) = ("study-\(number)", 0.6)
        // The table and the title of the drawing say what its heading leaves out.
        let details = "\(chart.title). \(chart.subtitle)"
        chart.title = "\(study.name): \(chart.title)"
        return Markup(
            "figure", ["class": "chart", "id": "chart-" + chart.name],
            [
                title, Markup("p", ["class": "subtitle"], text: "\(ReportText.headline(report)). \(details)"),
                Markup("div", ["class": "narrow"], [SVG.draw(chart, width: Style.narrow)]), Page.table(chart),
            ])
    }
}
