import Inner
import Outer

/// A composition for a terminal of 80 columns, below the report of its study.
public enum CompositionText {
    public static func render(_ report: CompositionReport) -> String {
        var blocks = [headline(report), table(report)]
        if let leads = leads(report) { blocks.append(leads) }
        if let levels = levels(report) { blocks.append(levels) }
        blocks.append(facts(report))
        return blocks.joined(separator: "\n\n")
    }

    /// What can be said of the composed expert beside the baselines; no more.
    public static func headline(_ report: CompositionReport) -> String {
        let standings = report.standings
        guard !(standings.better + standings.worse + standings.open).isEmpty else {
            return wrap(
                report.entries[0].test == nil
                    ? "The composed expert was not tested."
                    : "No losses of single test examples were told that make up the values: whether the composed expert is better than the others cannot be said."
            )
        }
        let parts = [
            standings.better.isEmpty ? nil : "better than \(list(standings.better))",
            standings.open.isEmpty ? nil : "not to be told apart from \(list(standings.open))",
            standings.worse.isEmpty ? nil : "worse than \(list(standings.worse))",
        ].compactMap(\.self)
        return wrap(
            "On the test examples the composed expert is \(parts.joined(separator: "; ")) (\(Numbers.percent(CompositionReport.level)) for all of it together)."
        )
    }

    private static func list(_ entries: [CompositionReport.Entry]) -> String {
        let names = entries.map(\.method.inSentence)
        return names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }

    private static func wrap(_ text: String) -> String { Paragraph.wrap(text, margin: "") }

    static let columns = ["", "evaluations", "validation", "test", "95 %"]

    private static func table(_ report: CompositionReport) -> String {
        Table.fitted(columns, rows(report), least: 18)
    }

    /// One a method, as in `columns`.
    static func rows(_ report: CompositionReport) -> [[String]] {
        report.entries.map { entry in
            [
                entry.name, Numbers.grouped(entry.evaluations), value(entry.mixture.value),
                entry.test.map { $0.value.map(value) ?? "failed" } ?? "-",
                entry.loss.map { interval($0.low, $0.high) } ?? "-",
            ]
        }
    }

    static let leadColumns = ["", "test loss less by", "95 % for all", "composed is"]

    static func leadRows(_ report: CompositionReport) -> [[String]] {
        report.entries.compactMap { entry in
            entry.lead.map { lead in
                [
                    entry.method.words, value(lead.mean), interval(lead.low, lead.high),
                    lead.isBetter ? "better" : lead.isWorse ? "worse" : "not told apart",
                ]
            }
        }
    }

    private static func leads(_ report: CompositionReport) -> String? {
        let rows = leadRows(report)
        return rows.isEmpty ? nil : "The composed expert against\n" + Table.fitted(leadColumns, rows)
    }

    private static func levels(_ report: CompositionReport) -> String? {
        guard let budget = report.length, report.singleSearches.count > 1 else { return nil }
        let rows = report.singleSearches.map { level in
            [
                level.method == .composed ? "swarm, as learned" : level.method.words, Numbers.grouped(level.searches),
                value(level.value.mean), interval(level.value.low, level.value.high),
            ]
        }
        return "One search of \(Numbers.grouped(budget)) evaluations reaches in validation\n"
            + Table.fitted(["", "searches", "mean", "95 %"], rows)
    }

    private static func facts(_ report: CompositionReport) -> String {
        var lines = [Facts.line("made of", ingredients(report).joined(separator: ", "))]
        if report.searchedSinceTest > 0 { lines.append(Facts.line("test", testNote(report))) }
        if let missed = report.missedByAll { lines.append(Facts.line("all miss", words(missed))) }
        if let files = report.files {
            lines += [Facts.command("expert", files.expert), Facts.command("card", files.card)]
        }
        return lines.joined(separator: "\n")
    }

    /// `0.412 expert-3`, the largest coefficient first.
    static func ingredients(_ report: CompositionReport) -> [String] {
        zip(report.entries[0].mixture.point, report.experts).sorted { $0.0 > $1.0 }
            .filter { $0.0.magnitude >= 0.0005 }.map { "\(Numbers.fixed($0, 3)) \($1)" }
    }

    /// When the test examples were asked for.
    static func testNote(_ report: CompositionReport) -> String {
        report.searchedSinceTest == 0
            ? "asked once, after the last search"
            : "some values were known before the last \(Numbers.counted(report.searchedSinceTest, "search was", "searches were")) made"
    }

    static func words(_ missed: CompositionReport.MissedByAll) -> String {
        guard missed.examples > 0 else { return "no test example is missed by all experts" }
        let share = Numbers.percent(Double(missed.answered) / Double(missed.examples))
        let chance =
            missed.chance.map {
                "; one expert more of their kind would answer \(Numbers.fixed(100 * $0, 1)) % of what all others miss"
            } ?? ""
        return
            "of \(Numbers.counted(missed.examples, "test example", "test examples")) that every expert misses, the composed "
            + "one answers \(missed.answered) (\(share))\(chance)"
    }

    static func value(_ value: Double) -> String { Numbers.fixed(value, value.magnitude < 10 ? 4 : 2) }

    static func interval(_ low: Double, _ high: Double) -> String {
        low.isFinite ? "\(value(low)) to \(value(high))" : "-"
    }
}
