import Inner
import Outer
import Problems

/// A comparison in the format of IOHprofiler, for IOHanalyzer and iohinspector: a folder a family, in it a JSON file a function
/// and a data file for each of its dimensions.
///
/// - SeeAlso: de Nobel, Ye, Vermetten, Wang, Doerr & Baeck (2024), IOHexperimenter: Benchmarking Platform for Iterative
///   Optimization Heuristics, doi:10.1162/evco_a_00342
public enum IOHprofilerExport {
    static let version = "0.3.22"
    /// Functions that are not of the BBOB suite are numbered from here, in the order in which they come.
    static let firstOwnID = 101

    /// All files. Values, `raw_y`, are above the optimum where that is known, as those of IOHexperimenter are for BBOB. A data file
    /// holds every improvement, the first evaluation and the last one of every run; until there is a value, it is infinite.
    ///
    /// Runs without any evaluation are left out. A command's runs have instance 1.
    public static func files(_ comparison: ExportedComparison) -> [ExportedFile] {
        let functions = comparison.runs.filter { $0.run.evaluations > 0 }.byFunction()
        let own = functions.filter { $0[0].problem.bbobNumber == nil }
        let folders = FileName.distinct(comparison.families)
        return zip(comparison.families, folders).flatMap { family, folder in
            functions.flatMap { runs -> [ExportedFile] in
                let problem = runs[0].problem
                let place = own.firstIndex { $0[0].problem.isSameFunction(as: problem) } ?? 0
                let function = Function(problem, ownID: firstOwnID + place)
                let runs = runs.filter { $0.run.family == family }
                return runs.isEmpty
                    ? []
                    : files(runs, of: function, family: family, comparison.origin).map { file in
                        ("\(folder)/\(file.path)", file.text)
                    }
            }
        }
    }

    private struct Function {
        let id: Int
        let name: String
        let suite: String

        init(_ problem: ProblemManifest, ownID: Int) {
            if let number = problem.bbobNumber {
                (id, name, suite) = (number, bbobNames[number - 1], "BBOB")
            } else {
                (id, name, suite) = (ownID, FileName.safe(problem.function), "knee")
            }
        }

        func dataPath(_ dimension: Int) -> String { "data_f\(id)_\(name)/IOHprofiler_f\(id)_DIM\(dimension).dat" }
    }

    /// Names of the suite's functions there.
    package static let bbobNames = [
        "Sphere", "Ellipsoid", "Rastrigin", "BuecheRastrigin", "LinearSlope", "AttractiveSector", "StepEllipsoid",
        "Rosenbrock", "RosenbrockRotated", "EllipsoidRotated", "Discus", "BentCigar", "SharpRidge", "DifferentPowers",
        "RastriginRotated", "Weierstrass", "Schaffers10", "Schaffers1000", "GriewankRosenbrock", "Schwefel",
        "Gallagher101", "Gallagher21", "Katsuura", "LunacekBiRastrigin",
    ]

    /// One family's runs of one function. Where it comes from is said in the algorithm's info: readers evaluate attributes of the
    /// experiment as code, so no text may go there.
    private static func files(
        _ runs: [ExportedRun], of function: Function, family: String, _ origin: String
    ) -> [ExportedFile] {
        let dimensions = runs.byDimension()
        let scenarios = dimensions.map { dimension, runs in
            """
                {"dimension": \(dimension), "path": "\(function.dataPath(dimension))", "runs": [
            \(runs.map(runObject).joined(separator: ",\n"))
                ]}
            """
        }
        let json = """
            {
              "version": "\(version)",
              "suite": "\(function.suite)",
              "function_id": \(function.id),
              "function_name": "\(function.name)",
              "maximization": false,
              "algorithm": {"name": \(JSONText.string(family)), "info": \(JSONText.string(origin))},
              "attributes": ["evaluations", "raw_y"],
              "scenarios": [
            \(scenarios.joined(separator: ",\n"))
              ]
            }

            """
        return [("IOHprofiler_f\(function.id)_\(function.name).json", json)]
            + dimensions.map { (function.dataPath($0), $1.map(dataRows).joined()) }
    }

    private static func runObject(_ run: ExportedRun) -> String {
        let (evaluations, value) = (run.end?.evaluations ?? 0, run.end.map { run.relative($0.best) } ?? .infinity)
        return "      {\"instance\": \(run.problem.instance ?? 1), \"evals\": \(run.run.evaluations), "
            + "\"best\": {\"evals\": \(evaluations), \"y\": \(JSONText.number(value)), \"x\": []}}"
    }

    private static func dataRows(_ run: ExportedRun) -> String {
        var rows = run.run.improvements.map { ($0.evaluations, run.relative($0.best)) }
        if rows.first?.0 != 1 { rows.insert((1, .infinity), at: 0) }
        if let last = rows.last, last.0 < run.run.evaluations { rows.append((run.run.evaluations, last.1)) }
        return "evaluations raw_y\n" + rows.map { "\($0) \($1)\n" }.joined()
    }
}
