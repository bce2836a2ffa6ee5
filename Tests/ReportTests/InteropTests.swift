import Foundation
import Inner
import Outer
import Problems
import Report
import Testing

/// Other programs read the exports, and compute what this one does.
@Suite("Exports, read by others", .enabled(if: isInterop, "KNEE_INTEROP=1 installs iohinspector and cocopp from PyPI"))
struct InteropTests {
    private let folder = NSTemporaryDirectory() + "knee-interop-\(UUID().uuidString)"
    private let comparison: ExportedComparison

    init() throws { comparison = try comparisonToExport(families: ["wide", "narrow"], blocks: 5, evaluations: 1000) }

    /// What a Python script prints, as JSON, after the files have been written into `data` below its folder.
    private func answer<Answer: Decodable>(_ script: String, packages: String, to files: [ExportedFile]) throws
        -> Answer
    {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for file in files + [("../read.py", script)] {
            let url = URL(fileURLWithPath: "\(folder)/data/\(file.path)").standardized
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.text.utf8).write(to: url)
        }
        let commands = """
            set -e
            cd '\(folder)'
            python3 -m venv venv
            venv/bin/pip install -q \(packages)
            venv/bin/python read.py >log 2>&1 || { cat log >&2; exit 1; }
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", commands]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try JSONDecoder().decode(
            Answer.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/answer.json")))
    }

    private func isNear(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= 1e-9 * max(1, abs(b)) }

    /// Runs of a family on a function of the suite, in all its dimensions or in one.
    private func runs(_ family: String, _ function: Int, dimension: Int? = nil) -> [ComparedRun] {
        comparison.runs.filter {
            $0.run.family == family
                && $0.problem
                    == .catalogue(
                        name: "bbob/f\(function)", dimension: dimension ?? $0.problem.dimension,
                        instance: $0.run.block + 1)
        }.map(\.run)
    }

    private struct Attained: Decodable {
        let runs: [Run], curves: [Curve], times: [Time], names: [String]

        struct Run: Decodable {
            let algorithm_name: String, function_id: Int, dimension: Int, instance: Int, evals: Int, best_y: Double?
        }
        struct Curve: Decodable { let family: String, evaluations: [Int], shares: [Double] }
        struct Time: Decodable { let family: String, target: Double, expected: Double?, rate: Double }
    }

    @Test("iohinspector finds every run with its best value, and has the same attainment and running times")
    func iohinspector() throws {
        let script = """
            import json, math, ioh, iohinspector
            manager = iohinspector.DataManager()
            manager.add_folder("data")
            columns = ["algorithm_name", "function_id", "dimension", "instance", "evals", "best_y"]
            runs = manager.overview.select(columns).to_dicts()
            for run in runs:
                run["best_y"] = run["best_y"] if math.isfinite(run["best_y"]) else None
            sphere = manager.select(function_ids=[1]).load(monotonic=True, include_meta_data=True)
            sphere = sphere.select(["data_id", "algorithm_name", "evaluations", "raw_y"])
            grid = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000]
            curves = iohinspector.metrics.get_data_ecdf(sphere, f_min=1e-8, f_max=1e2, eval_values=grid)
            times = iohinspector.metrics.aggregate_running_time(sphere, f_min=1e-8, f_max=1e2, eval_max=1000)
            names = [name for _, name in sorted(ioh.ProblemClass.BBOB.problems.items())]
            json.dump(dict(
                runs=runs, names=names,
                curves=[dict(family=f, evaluations=c.evaluations.tolist(), shares=c.eaf.tolist())
                        for f, c in curves.groupby("algorithm_name")],
                times=[dict(family=t.algorithm_name, target=t.raw_y, rate=t.success_ratio,
                            expected=t.ERT if math.isfinite(t.ERT) else None) for t in times.itertuples()]),
                open("answer.json", "w"))
            """
        let found: Attained = try answer(
            script, packages: "ioh==0.3.22 iohinspector==0.0.8", to: IOHprofilerExport.files(comparison))
        #expect(found.runs.count == comparison.runs.count)
        for run in comparison.runs {
            let precision = run.run.best(within: run.run.evaluations)
            let count = found.runs.count {
                $0.algorithm_name == run.run.family && $0.dimension == run.problem.dimension
                    && $0.evals == run.run.evaluations && $0.best_y ?? .infinity == precision
            }
            #expect(count == 1, "\(run.run.family) on \(run.problem.label)")
        }
        #expect(Set(found.runs.map(\.function_id)) == [1, 3, 101, 102])
        #expect(found.names == IOHprofilerExport.bbobNames)
        #expect(found.curves.count == 2 && found.times.count == 100)
        for curve in found.curves {
            let profile = RuntimeProfile(runs(curve.family, 1), from: 1e2, to: 1e-8)
            #expect(curve.evaluations.count == 11 && curve.shares.last! > 0.3)
            for (evaluations, share) in zip(curve.evaluations, curve.shares) {
                #expect(isNear(profile.share(within: evaluations), share), "\(curve.family) \(evaluations)")
            }
        }
        for time in found.times {
            let ours = ExpectedRunningTime(runs(time.family, 1), target: time.target)
            #expect(isNear(ours.evaluations, time.expected ?? .infinity), "\(time)")
            #expect(isNear(ours.successRate, time.rate))
        }
        let rates = Set(found.times.map(\.rate))
        #expect(rates.contains(0) && rates.contains(1) && rates.count > 2)
    }

    private struct Processed: Decodable {
        let sets: [DataSet], pages: Int

        struct DataSet: Decodable {
            let algorithm: String, function: Int, dimension: Int, instances: [Int], spent: [Int], best: [Double]
            let targets: [Double], expected: [Double?], successes: [Int]
        }
    }

    @Test("cocopp processes the folder, and expects the same running times")
    func cocopp() throws {
        let script = """
            import json, math, glob, warnings
            warnings.filterwarnings("ignore")
            import cocopp
            targets = [10 ** (k / 5) for k in range(10, -41, -1)]
            sets = []
            for folder in ["data/wide", "data/narrow"]:
                for d in cocopp.load(folder):
                    sets.append(dict(
                        algorithm=folder[5:], function=int(d.funcId), dimension=int(d.dim),
                        instances=[int(i) for i in d.instancenumbers], spent=[int(e) for e in d.maxevals],
                        best=[float(v) for v in d.finalfunvals], targets=targets,
                        expected=[float(t) if math.isfinite(t) else None for t in d.detERT(targets)],
                        successes=[int(n) for n in d.detSuccesses(targets)]))
            cocopp.main("-o pages data/wide data/narrow")
            pages = glob.glob("pages/**/*.html", recursive=True)
            json.dump(dict(sets=sets, pages=len(pages)), open("answer.json", "w"))
            """
        let found: Processed = try answer(
            script, packages: "cocopp==2.9.1 six", to: COCOExport.files(comparison).files)
        #expect(found.sets.count == 2 * 3 && found.pages > 5)
        for set in found.sets {
            let own = runs(set.algorithm, set.function, dimension: set.dimension)
            #expect(set.instances == own.map { $0.block + 1 } && set.spent == own.map(\.evaluations))
            #expect(set.best == own.map { $0.best(within: 1000) })
            for (index, target) in set.targets.enumerated() {
                let ours = ExpectedRunningTime(own, target: target)
                #expect(isNear(ours.evaluations, set.expected[index] ?? .infinity), "\(set.function) \(target)")
                #expect(ours.successes == set.successes[index])
            }
            let reached = Set(set.successes)
            #expect(reached.contains(5) && reached.contains(0))
        }
    }
}

private let isInterop = ProcessInfo.processInfo.environment["KNEE_INTEROP"] == "1"
