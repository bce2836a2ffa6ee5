import Inner
import Outer
import Problems

/// A comparison as tables (RFC 4180).
///
/// Numbers are the shortest that are read back as they were. What there is not is empty: the instance of a command, the
/// precision where the optimum is unknown, the best of a run that found nothing.
public enum ComparisonCSV {
    /// `runs.csv`, one line a run; `improvements.csv`, one line an improvement, for all runs.
    public static func files(_ comparison: ExportedComparison) -> [ExportedFile] {
        [("runs.csv", runs(comparison)), ("improvements.csv", improvements(comparison))]
    }

    /// Family, problem, dimension, instance, block, budget, evaluations spent, best value and its precision.
    public static func runs(_ comparison: ExportedComparison) -> String {
        "family,problem,dimension,instance,block,budget,evaluations,best,precision\n"
            + comparison.runs.map { run in
                let spent = ["\(run.budget)", "\(run.run.evaluations)"]
                return line(identity(run) + spent + values(run, run.end))
            }.joined()
    }

    /// Family, problem, dimension, instance, block, evaluations, best value then and its precision.
    public static func improvements(_ comparison: ExportedComparison) -> String {
        "family,problem,dimension,instance,block,evaluations,best,precision\n"
            + comparison.runs.map { run in
                let identity = identity(run)
                return run.run.improvements.map { improvement in
                    line(identity + ["\(improvement.evaluations)"] + values(run, improvement))
                }.joined()
            }.joined()
    }

    private static func identity(_ run: ExportedRun) -> [String] {
        [
            Export.quoted(run.run.family), Export.quoted(run.problem.function), "\(run.problem.dimension)",
            run.problem.instance.map(String.init) ?? "", "\(run.run.block)",
        ]
    }

    private static func values(_ run: ExportedRun, _ found: Trace.Checkpoint?) -> [String] {
        guard let found, found.best.isFinite else { return ["", ""] }
        return ["\(found.best)", run.precision(found.best).map { "\($0)" } ?? ""]
    }

    private static func line(_ fields: [String]) -> String { fields.joined(separator: ",") + "\n" }
}
