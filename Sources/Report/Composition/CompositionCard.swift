import Foundation
import Inner
import Outer
import Problems

/// The card of a composed expert: what it is made of, what it scored, and what it cost. Markdown.
public enum CompositionCard {
    /// - Parameters:
    ///   - merge: how the experts were put together.
    ///   - examples: validation examples; nil if that is not known.
    public static func render(
        _ report: CompositionReport, of study: StudyReport, merge: String, examples: Int?
    ) -> String {
        let composed = report.entries[0]
        var blocks = [
            "# \(report.study): an expert composed of \(report.experts.count)",
            CompositionText.headline(report).replacing("\n", with: " "),
            "## Made of",
            "Merge: `\(merge)`. Coefficients add up to 1.",
            table(
                ["expert", "coefficient"],
                zip(report.experts, composed.mixture.point).map { ["`\($0)`", "\($1)"] }),
            "## Scores",
            "Less is better. Validation\(examples.map { " (\($0) examples)" } ?? "") is what the searches chose by, so it flatters; "
                + "test: \(CompositionText.testNote(report)).",
            table(["", "evaluations", "validation", "test", "95 %"], CompositionText.rows(report)),
        ]
        let leads = CompositionText.leadRows(report)
        if !leads.isEmpty { blocks.append(table(CompositionText.leadColumns, leads)) }
        if let missed = report.missedByAll {
            blocks.append("Missed by all: " + CompositionText.words(missed) + ".")
        }
        blocks += ["## How it was found", "```\n\(ReportText.render(study))\n```"]
        if !study.commandLine.isEmpty {
            blocks.append("```\n\(study.commandLine.map(ShellWord.quoted).joined(separator: " "))\n```")
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        let line = { (cells: [String]) in
            "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }
        return ([line(header), line(header.map { _ in "---" })] + rows.map(line)).joined(separator: "\n")
    }
}
