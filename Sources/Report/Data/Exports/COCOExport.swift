import Inner
import Outer
import Problems
import RealModule

/// A comparison's runs of the BBOB suite in the format of COCO's experiments, `bbob-new2`, for cocopp: a folder a family, in it
/// an info file a function and two data files for each of its dimensions.
///
/// - SeeAlso: Hansen et al. (2021), COCO, doi:10.1080/10556788.2020.1808977
public enum COCOExport {
    /// All files, and the runs that the format has no place for: those of problems that are not of the suite, and those without
    /// a value at their first evaluation.
    ///
    /// `.dat` holds every improvement, `.tdat` the best value at the evaluations at which COCO looks; both end with the last
    /// evaluation. Columns are evaluations, evaluations of constraints (0), precision, value and best value, without points.
    public static func files(
        _ comparison: ExportedComparison
    ) -> (files: [ExportedFile], leftOut: [ExportedRun]) {
        let taken = comparison.runs.filter(isTaken)
        let folders = FileName.distinct(comparison.families)
        let files = zip(comparison.families, folders).flatMap { family, folder in
            taken.filter { $0.run.family == family }.byFunction().flatMap { runs in
                self.files(runs, algorithm: folder, comparison.origin).map { file -> ExportedFile in
                    ("\(folder)/\(file.path)", file.text)
                }
            }
        }
        return (files, comparison.runs.filter { !isTaken($0) })
    }

    private static func isTaken(_ run: ExportedRun) -> Bool {
        guard run.problem.bbobNumber != nil, run.run.optimum != nil else { return false }
        return run.run.improvements.first?.evaluations == 1 && run.run.improvements.allSatisfy(\.best.isFinite)
    }

    private static func files(_ runs: [ExportedRun], algorithm: String, _ origin: String) -> [ExportedFile] {
        let number = runs[0].problem.bbobNumber ?? 0
        let dimensions = runs.byDimension()
        let entries = dimensions.map { dimension, runs in
            let header =
                "suite = 'bbob', funcId = \(number), DIM = \(dimension), Precision = 1.000e-08, algId = '\(algorithm)', "
                + "coco_version = '', logger = 'bbob', data_format = 'bbob-new2', settings = ''"
            let results = runs.map { run in
                "\(run.problem.instance ?? 0):\(run.run.evaluations)|\(run.relative(run.run.improvements.last!.best))"
            }
            return """
                \(header)
                % \(origin)
                \(path(number, dimension)).dat, \(results.joined(separator: ", "))

                """
        }
        return [("bbobexp_f\(number).info", entries.joined())]
            + dimensions.flatMap { dimension, runs -> [ExportedFile] in
                let found: [String] = runs.map { rows($0, at: $0.run.improvements.map(\.evaluations)) }
                let looked: [String] = runs.map { rows($0, at: looks($0.run.evaluations, dimension)) }
                let path = path(number, dimension)
                return [(path + ".dat", found.joined()), (path + ".tdat", looked.joined())]
            }
    }

    private static func path(_ number: Int, _ dimension: Int) -> String {
        "data_f\(number)/bbobexp_f\(number)_DIM\(dimension)"
    }

    /// 10^(i / 20) and D, 2 D, 5 D, 10 D, 20 D, ..., rounded down: when COCO looks, whatever was found.
    package static func looks(_ evaluations: Int, _ dimension: Int) -> [Int] {
        let logarithmic = (0...).lazy.map { Int(Double.pow(10, Double($0) / 20)) }.prefix { $0 <= evaluations }
        let decades = sequence(first: dimension) { 10 * $0 }.lazy.prefix { $0 <= evaluations }
        let multiples = decades.flatMap { [$0, 2 * $0, 5 * $0] }.filter { $0 <= evaluations }
        return Set(Array(logarithmic) + Array(multiples)).sorted()
    }

    /// A run's lines at rising evaluations, of which its first is one, and at its last.
    private static func rows(_ run: ExportedRun, at evaluations: [Int]) -> String {
        var lines = [
            "% f evaluations | g evaluations | best noise-free fitness - Fopt (\(run.run.optimum ?? 0)) + sum g_i+ | "
                + "measured fitness | best measured fitness or single-digit g-values"
        ]
        var rest = run.run.improvements[...]
        var best = Double.infinity
        let end = evaluations.last == run.run.evaluations ? [] : [run.run.evaluations]
        for evaluation in evaluations + end {
            while let next = rest.first, next.evaluations <= evaluation {
                best = next.best
                rest = rest.dropFirst()
            }
            lines.append("\(evaluation) 0 \(run.relative(best)) \(best) \(best)")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
