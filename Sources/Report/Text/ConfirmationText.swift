import Foundation
import Ledger
import Outer

/// What fresh searches said about a knee, for a terminal or for programs.
public enum ConfirmationText {
    /// - Parameters:
    ///   - made: what it took now; the other searches were there.
    ///   - page: where the page is that tells it too.
    public static func render(
        _ record: ConfirmationRecord, of study: StudyRecord, made: (evaluations: Int, searches: Int), page: String?
    ) -> String {
        let confirmation = record.confirmation
        let finding =
            confirmation.isCensored(for: study.spec.goal)
            ? "at least \(Numbers.grouped(confirmation.median)) evaluations"
            : "the knee is at \(Numbers.grouped(confirmation.median)) evaluations"
        let agreement =
            confirmation.median == record.arm.budget
            ? "as learned" : "\(Numbers.grouped(record.arm.budget)) was learned"
        return
            ([
                Facts.broken("\(study.problem.label): \(finding), \(agreement)"), "",
                Facts.line("settings", SettingsText.label(record.arm)),
            ]
            + facts(record, study.spec)
            + [Facts.line("spent", spent(made, of: confirmation.searches))]
            + (page.map { [Facts.line("page", $0)] } ?? [])).joined(separator: "\n")
    }

    private static func spent(_ made: (evaluations: Int, searches: Int), of searches: Int) -> String {
        guard made.searches > 0 else {
            return "nothing: these searches were there; more than \(searches) with --searches"
        }
        return "\(Numbers.grouped(made.evaluations)) evaluations in "
            + "\(Numbers.counted(made.searches, "new search", "new searches")); not of the study's purse"
    }

    private static func facts(_ record: ConfirmationRecord, _ spec: StudySpec) -> [String] {
        let confirmation = record.confirmation
        let last = confirmation.budgets[confirmation.budgets.count - 1]
        let tail = confirmation.isCensored(for: spec.goal) ? " or more" : ""
        var lines = [
            Facts.line(
                "confirmed", "by \(confirmation.searches) fresh searches of \(Numbers.grouped(last)) evaluations"),
            Facts.line(
                "",
                "knee \(Numbers.grouped(confirmation.median))\(tail), 5-95 % range \(Numbers.grouped(confirmation.low)) "
                    + "to \(Numbers.grouped(confirmation.high)), at the last \(Numbers.percent(confirmation.massAtLargest))"
            ),
        ]
        for (level, share) in confirmation.doublingWins.enumerated().suffix(2) {
            let (smaller, larger) = (confirmation.budgets[level], confirmation.budgets[level + 1])
            lines.append(
                Facts.line(
                    "",
                    "\(Numbers.grouped(larger)) beat \(Numbers.grouped(smaller)) "
                        + ReportText.share(share, "pairs", spec)))
        }
        if case .target(let value) = spec.goal, let time = record.runningTime {
            lines.append(
                Facts.line("target", ReportText.reached(value, time, "fresh search", within: confirmation.median)))
        }
        if let level = confirmation.budgets.firstIndex(of: record.arm.budget), let best = confirmation.medians[level] {
            lines.append(
                Facts.line("", "median best \(Numbers.significant(best)) after \(Numbers.grouped(record.arm.budget))"))
        }
        return lines
    }

    /// Why nothing can be confirmed.
    public static func sentence(_ obstacle: ConfirmationPlan.Obstacle, _ spec: StudySpec) -> String {
        switch obstacle {
        case .horizonBound(let inertia):
            "the inertia '\(inertia)' depends on the budget, so a longer search says nothing about a shorter one"
        case .singleBudget: "there is no other budget to compare with"
        case .purse(let left, let search):
            (spec.purse == nil
                ? "they may take a quarter of what learning took; \(Numbers.grouped(left)) evaluations are"
                : "the purse has \(Numbers.grouped(left)) evaluations left,")
                + " too few for three searches of \(Numbers.grouped(search))"
        }
    }

    public static func json(_ record: ConfirmationRecord, study: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Document(study: study, confirmed: record)), as: UTF8.self)
    }

    private struct Document: Encodable {
        let study: String
        let confirmed: ConfirmationRecord
    }
}
