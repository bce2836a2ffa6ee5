import Outer
import Problems

/// A study as one page: the verdict, what it cost and how to repeat it; then its charts; then every fact of the report.
public enum StudyPage {
    /// - Parameters:
    ///   - picture: of the study; nil if nothing was learned yet.
    ///   - composition: what it composed, if it did.
    public static func render(
        _ report: StudyReport, _ picture: StudyPicture?, _ composition: CompositionReport? = nil
    ) -> String {
        // Where a page is, it need not say.
        var report = report
        report.page = nil
        var content = [
            Markup("h1", text: "Knee: study \(report.study)"),
            Markup("p", ["id": "verdict"], text: ReportText.headline(report)),
            Page.facts(facts(report, picture)),
        ]
        if let composition { content.append(section(composition)) }
        if let picture { content.append(Markup("section", ["class": "charts"], picture.charts.map(Page.figure))) }
        content.append(
            Markup(
                "details", ["class": "facts", "open": ""],
                [
                    Markup("summary", text: "All facts"),
                    Markup("pre", ["tabindex": "0"], text: ReportText.render(report)),
                ]))
        return Page.render("\(report.study): \(ReportText.headline(report))", content)
    }

    private static func section(_ composition: CompositionReport) -> Markup {
        let rows = CompositionText.rows(composition)
        let leads = CompositionText.leadRows(composition)
        let title = "The composed expert beside others, found with as many evaluations"
        let scores = DataTable(
            ["method"] + CompositionText.columns.dropFirst(), rows,
            note:
                "Loss or error: less is better. Validation chose the mixtures; test: \(CompositionText.testNote(composition))."
        )
        let against = DataTable(
            ["composed against"] + CompositionText.leadColumns.dropFirst(), leads,
            note: "On the same test examples, one by one.")
        let missed = composition.missedByAll.map { ["Missed by all: \(CompositionText.words($0))."] } ?? []
        let ingredients = CompositionText.ingredients(composition).joined(separator: ", ")
        return Markup(
            "section", ["class": "facts"],
            [
                Markup("h2", text: title),
                Markup("p", text: CompositionText.headline(composition).replacing("\n", with: " ")),
            ] + Page.table(scores, label: title)
                + (leads.isEmpty ? [] : Page.table(against, label: "The composed expert against each of them"))
                + (["Made of \(ingredients)."] + missed).map { Markup("p", text: $0) })
    }

    private static func facts(_ report: StudyReport, _ picture: StudyPicture?) -> [(String, Markup)] {
        var facts: [(String, Markup)] = []
        if let picture {
            let (arm, knee) = (picture.arm, picture.knee)
            let settings = SettingsText.rest(arm.configuration).joined(separator: ", ")
            facts.append(
                (
                    "use",
                    .text(
                        "\(SettingsText.extent(arm)) "
                            + "(\(Numbers.grouped(arm.budget)) evaluations a search), \(settings)")
                ))
            let any = picture.verdict.kneeOfAnySettings
            let anyWords =
                "; whatever the settings, \(Numbers.grouped(any.lowerBound)) to \(Numbers.grouped(any.upperBound))"
            let by =
                report.confirmation.map { "by \($0.confirmation.searches) fresh searches" }
                ?? "as believed, not confirmed by fresh searches"
            facts.append(
                (
                    "knee",
                    .text(
                        "\(knee.isCensored ? "at least " : "")\(Numbers.grouped(knee.budget)) evaluations, 5-95 % range "
                            + "\(Numbers.grouped(knee.low)) to \(Numbers.grouped(knee.high)), \(by)"
                            + (report.spec.space.configurations.count > 1 ? anyWords : ""))
                ))
        }
        let purse = report.spec.purse.map { " of \(Numbers.grouped($0))" } ?? ""
        facts.append(
            (
                "cost",
                .text(
                    "\(Numbers.grouped(report.evaluations))\(purse) evaluations in "
                        + "\(Numbers.counted(report.pulls + report.fresh.searches, "search", "searches")), "
                        + "\(Numbers.duration(report.searchSeconds)) of search")
            ))
        if !report.commandLine.isEmpty {
            let command = report.commandLine.map(ShellWord.quoted).joined(separator: " ")
            facts.append(("reproduce", Markup("pre", text: command)))
        }
        return facts
    }
}
