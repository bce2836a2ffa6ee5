import Foundation
import Ledger
import Outer

/// A ledger's studies in a list.
public enum StatusText {
    public static func render(_ studies: [StudySummary], _ comparisons: [ComparisonSummary]) -> String {
        if comparisons.isEmpty { return render(studies) }
        let table = Table.fitted(
            ["comparison", "families", "problems", "blocks", "searches", "evaluations"],
            comparisons.map { comparison in
                [
                    comparison.name, String(comparison.families.count), String(comparison.problems.count),
                    String(comparison.blocks), Numbers.grouped(comparison.searches),
                    Numbers.grouped(comparison.evaluations),
                ]
            })
        return (studies.isEmpty ? [table] : [render(studies), table]).joined(separator: "\n\n")
    }

    public static func render(_ studies: [StudySummary]) -> String {
        guard !studies.isEmpty else { return "no studies yet" }
        let header = ["study", "problem", "searches", "evaluations", "state", "knee"]
        let rows = studies.map { study in
            let evaluations =
                Numbers.grouped(study.evaluations) + (study.purse.map { " of \(Numbers.grouped($0))" } ?? "")
            return [
                study.name, study.problem, Numbers.grouped(study.pulls), evaluations, state(study),
                study.knee.map(Numbers.grouped) ?? "-",
            ]
        }
        // A name is typed again, so it is whole; a problem is known by how it begins.
        let room = max(12, Table.room(for: 1, header, rows))
        return Table.render(header, rows.map { [$0[0], begun($0[1], room)] + $0[2...] })
    }

    private static func begun(_ text: String, _ width: Int) -> String {
        text.count > width ? text.prefix(width - 1) + "…" : text
    }

    public static func json(_ studies: [StudySummary]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(studies), as: UTF8.self)
    }

    private static func state(_ study: StudySummary) -> String {
        if study.isRunning { return "running" }
        guard let stop = study.stop else { return "killed" }
        switch stop {
        case .sure, .purse, .pulls: return study.isSure == true ? "sure" : "not sure"
        case .time: return "out of time"
        case .interrupted: return "interrupted"
        case .objectiveFails: return "objective fails"
        }
    }
}
