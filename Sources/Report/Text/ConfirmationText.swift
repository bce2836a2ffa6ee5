import Foundation
import Ledger
import Outer

/// What fresh searches said about a knee, for a terminal or for programs.
public enum ConfirmationText {
    /// - Parameters:
    ///   - made: what it took now; the other searches were there.
    ///   - page: where the page is that tells it too.
    public static func render(
        _ record: ConfirmationRecord, problem: String, made: (evaluations: Int, searches: Int), page: String?
    ) -> String {
        let confirmation = record.confirmation
        let finding =
            confirmation.isCensored
            ? "at least \(Numbers.grouped(confirmation.median)) evaluations"
            : "the knee is at \(Numbers.grouped(confirmation.median)) evaluations"
        let agreement =
            confirmation.median == record.arm.budget
            ? "as learned" : "\(Numbers.grouped(record.arm.budget)) was learned"
        return
            (["\(problem): \(finding), \(agreement)", "", Facts.line("settings", SettingsText.label(record.arm))]
            + facts(record)
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

    private static func facts(_ record: ConfirmationRecord) -> [String] {
        let confirmation = record.confirmation
        let last = confirmation.budgets[confirmation.budgets.count - 1]
        let tail = confirmation.isCensored ? " or more" : ""
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
                    "\(Numbers.grouped(larger)) beat \(Numbers.grouped(smaller)) in \(Numbers.percent(share)) of pairs, "
                        + (share > 2 / 3.0 ? "more" : "no more") + " than two thirds"))
        }
        if let level = confirmation.budgets.firstIndex(of: record.arm.budget), let best = confirmation.medians[level] {
            lines.append(
                Facts.line("", "median best \(Numbers.significant(best)) after \(Numbers.grouped(record.arm.budget))"))
        }
        return lines
    }

    /// Why nothing can be confirmed.
    public static func sentence(_ obstacle: ConfirmationPlan.Obstacle) -> String {
        switch obstacle {
        case .horizonBound(let inertia):
            "the inertia '\(inertia)' depends on the budget, so a longer search says nothing about a shorter one"
        case .singleBudget: "there is no other budget to compare with"
        case .purse(let left, let search):
            "the purse has \(Numbers.grouped(left)) evaluations left, too few for three searches of \(Numbers.grouped(search))"
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
