import Inner
import Outer
import Problems

/// A comparison as JSON lines: one object a run.
public enum ComparisonJSONLines {
    /// `runs.jsonl`.
    public static func files(_ comparison: ExportedComparison) -> [ExportedFile] {
        [("runs.jsonl", comparison.runs.map { line($0, of: comparison) + "\n" }.joined())]
    }

    /// What identifies the run, what it spent and found, and `improvements` as pairs of evaluations and the best value then.
    /// Null is what there is not: see `ComparisonCSV`.
    private static func line(_ run: ExportedRun, of comparison: ExportedComparison) -> String {
        let improvements = run.run.improvements.map { "[\($0.evaluations),\(JSONText.optional($0.best))]" }
        let fields = [
            ("comparison", JSONText.string(comparison.name)), ("seed", "\(comparison.seed)"),
            ("family", JSONText.string(run.run.family)), ("problem", JSONText.string(run.problem.function)),
            ("dimension", "\(run.problem.dimension)"), ("instance", run.problem.instance.map(String.init) ?? "null"),
            ("block", "\(run.run.block)"), ("budget", "\(run.budget)"), ("evaluations", "\(run.run.evaluations)"),
            ("optimum", JSONText.optional(run.run.optimum)), ("best", JSONText.optional(run.end?.best)),
            ("precision", JSONText.optional(run.end.flatMap { run.precision($0.best) })),
            ("improvements", "[\(improvements.joined(separator: ","))]"),
        ]
        return "{" + fields.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
}
