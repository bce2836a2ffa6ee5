import Foundation
import Inner
import Outer
import Problems
import Report
import Testing

/// A comparison of two step lengths of the simplest evolution strategy there is, (1 + 1), and of what goes wrong.
func comparisonToExport(
    families: [String] = ["wide", "narrow/er, \"2\""], blocks: Int = 3, evaluations: Int = 400
) throws -> ExportedComparison {
    let problems = [("bbob/f1", 2), ("bbob/f1", 3), ("bbob/f3", 2), ("rastrigin", 2)]
    var runs: [ExportedRun] = []
    for (place, (name, dimension)) in problems.enumerated() {
        for block in 0..<blocks {
            let manifest = try ProblemManifest.builtIn(name, dimension: dimension, instance: block + 1)
            guard case .pure(let problem) = try manifest.make() else { continue }
            for (number, family) in families.enumerated() {
                var chance = RandomStream(seed: 7).split(.comparison, place, block).split(.search, number)
                var point = (0..<dimension).map { _ in 10 * chance.uniform() - 5 }
                var improvements: [Trace.Checkpoint] = []
                for evaluation in 1...evaluations {
                    let step = Double(1 + number) / (1 + 0.05 * Double(evaluation))
                    let next = improvements.isEmpty ? point : point.map { min(5, max(-5, $0 + step * chance.normal())) }
                    let value = problem.value(at: next)
                    guard value < improvements.last?.best ?? .infinity else { continue }
                    point = next
                    improvements.append(.init(evaluations: evaluation, best: value))
                }
                let run = ComparedRun(
                    family: family, problem: place, block: block, evaluations: evaluations, improvements: improvements,
                    optimum: problem.optimum)
                runs.append(ExportedRun(run, on: manifest, budget: evaluations))
            }
        }
    }
    // A command whose name is no name of a file, and that fails: at first, and all the time.
    let command = ProblemManifest.command(
        CommandSpec(words: ["../bin/a b", "--x=\"{x}\""], box: Box(0...1, dimension: 4)))
    for (block, improvements) in [[Trace.Checkpoint(evaluations: 3, best: -0.1)], []].enumerated() {
        let run = ComparedRun(
            family: families[0], problem: problems.count, block: block, evaluations: 9, improvements: improvements,
            optimum: nil)
        runs.append(ExportedRun(run, on: command, budget: 10))
    }
    return ExportedComparison(name: "night\n1", seed: .max, families: families, runs: runs)
}

@Suite("Exports of comparisons")
struct ExportTests {
    private let comparison: ExportedComparison

    init() throws { comparison = try comparisonToExport() }

    private func object(_ text: some StringProtocol) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func lines(_ files: [ExportedFile], _ path: String) throws -> [Substring] {
        try #require(files.first { $0.path == path }, "\(files.map(\.path))").text.split(separator: "\n")
    }

    @Test("IOHprofiler: a folder a family, a JSON file a function, a data file a dimension")
    func iohPaths() {
        let paths = IOHprofilerExport.files(comparison).map(\.path)
        let functions = ["f1_Sphere", "f3_Rastrigin", "f101_rastrigin"]
        for folder in ["wide", "narrow-er-2"] {
            for function in functions { #expect(paths.contains("\(folder)/IOHprofiler_\(function).json"), "\(paths)") }
            for dimension in 2...3 {
                #expect(paths.contains("\(folder)/data_f1_Sphere/IOHprofiler_f1_DIM\(dimension).dat"))
            }
        }
        #expect(paths.contains("wide/data_f102_bin-a-b-x-x/IOHprofiler_f102_DIM4.dat"))
        #expect(Set(paths).count == paths.count && paths.count == 2 * 7 + 2)
    }

    @Test("IOHprofiler: runs and rows are those of the comparison, to the last digit")
    func iohContents() throws {
        let files = IOHprofilerExport.files(comparison)
        for file in files where file.path.hasSuffix(".json") {
            // A run without any value has an infinite one, which this reader does not take.
            let json = try object(file.text.replacing("1e999", with: "1e308"))
            #expect(json["experiment_attributes"] == nil && json["maximization"] as? Bool == false)
            let algorithm = try #require(json["algorithm"] as? [String: String])
            #expect(algorithm["info"] == "night 1, seed 18446744073709551615")
            let family = try #require(algorithm["name"])
            for scenario in try #require(json["scenarios"] as? [[String: Any]]) {
                let path = try #require(scenario["path"] as? String)
                let folder = try #require(file.path.split(separator: "/").first)
                let rows = try lines(files, "\(folder)/\(path)")
                let parts = rows.split(separator: "evaluations raw_y").dropFirst(0).map(Array.init)
                let named = try #require(json["function_name"] as? String)
                let own = comparison.runs.filter { run in
                    run.run.family == family && run.problem.dimension == scenario["dimension"] as? Int
                        && (run.problem.bbobNumber.map { IOHprofilerExport.bbobNames[$0 - 1] }
                            ?? FileName.safe(run.problem.function)) == named
                }
                let runs = try #require(scenario["runs"] as? [[String: Any]])
                #expect(!own.isEmpty && own.count == runs.count && parts.count == runs.count)
                for ((run, listed), part) in zip(zip(own, runs), parts) {
                    #expect(listed["evals"] as? Int == run.run.evaluations)
                    #expect(listed["instance"] as? Int == run.problem.instance ?? 1)
                    let best = try #require(listed["best"] as? [String: Any])
                    #expect(best["evals"] as? Int == run.run.improvements.last?.evaluations ?? 0)
                    let precision = JSONText.number(run.run.best(within: run.run.evaluations))
                    #expect(file.text.contains("\"y\": \(precision), "))
                    // Every row is the best value then, and every improvement has one.
                    let numbers = part.map { $0.split(separator: " ").compactMap { Double($0) } }
                    #expect(numbers.allSatisfy { $0.count == 2 && $0[1] == run.run.best(within: Int($0[0])) })
                    let evaluations = Set(numbers.map { Int($0[0]) })
                    #expect(
                        evaluations.isSuperset(of: run.run.improvements.map(\.evaluations) + [1, run.run.evaluations]))
                    #expect(numbers.count == evaluations.count && numbers.first?[0] == 1)
                }
            }
        }
    }

    @Test("COCO: an info file a function, two data files a dimension; what is not of the suite is left out")
    func cocoPaths() throws {
        let (files, leftOut) = COCOExport.files(comparison)
        let expected = ["wide", "narrow-er-2"].flatMap { folder in
            ["bbobexp_f1.info", "bbobexp_f3.info"].map { "\(folder)/\($0)" }
                + ["f1/bbobexp_f1_DIM2", "f1/bbobexp_f1_DIM3", "f3/bbobexp_f3_DIM2"].flatMap {
                    ["\(folder)/data_\($0).dat", "\(folder)/data_\($0).tdat"]
                }
        }
        #expect(Set(files.map(\.path)) == Set(expected) && files.count == expected.count)
        #expect(leftOut == comparison.runs.filter { $0.problem.bbobNumber == nil } && leftOut.count == 6 + 2)
        let info = try lines(files, "narrow-er-2/bbobexp_f1.info")
        #expect(info.count == 6)
        #expect(
            info[0]
                == "suite = 'bbob', funcId = 1, DIM = 2, Precision = 1.000e-08, algId = 'narrow-er-2', coco_version = '', "
                + "logger = 'bbob', data_format = 'bbob-new2', settings = ''")
        #expect(info[1] == "% night 1, seed 18446744073709551615")
        let own = comparison.runs.filter { $0.run.family != "wide" && $0.problem.function == "bbob/f1" }
        let results = own.filter { $0.problem.dimension == 3 }.map {
            "\($0.problem.instance ?? 0):400|\($0.run.best(within: 400))"
        }
        #expect(info[5] == "data_f1/bbobexp_f1_DIM3.dat, \(results.joined(separator: ", "))")
    }

    @Test("COCO: rows say the best value then; one file has every improvement, the other every look")
    func cocoRows() throws {
        let files = COCOExport.files(comparison).files
        let run = try #require(comparison.runs.first { $0.run.family == "wide" && $0.problem.dimension == 3 }).run
        for (suffix, expected) in [("dat", run.improvements.map(\.evaluations)), ("tdat", COCOExport.looks(400, 3))] {
            let all = try lines(files, "wide/data_f1/bbobexp_f1_DIM3.\(suffix)")
            #expect(all.count { $0.hasPrefix("%") } == 3)
            #expect(
                all[0].hasPrefix("% f evaluations | g evaluations | best noise-free fitness - Fopt (\(run.optimum!))"))
            let rows = all.dropFirst().prefix { !$0.hasPrefix("%") }.map {
                $0.split(separator: " ").compactMap { Double($0) }
            }
            #expect(rows.map { Int($0[0]) } == expected + (expected.last == 400 ? [] : [400]))
            for row in rows {
                #expect(row.count == 5 && row[1] == 0 && row[2] == run.best(within: Int(row[0])) && row[3] == row[4])
                #expect(row[3] - run.optimum! == row[2])
            }
        }
        // Seen in files of COCO's own logger, for 2 dimensions.
        #expect(COCOExport.looks(28, 2) == [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 25, 28])
    }

    @Test("COCO: a run without a value at its first evaluation is left out")
    func cocoFailures() throws {
        let manifest = try ProblemManifest.builtIn("bbob/f1", dimension: 2, instance: 1)
        for improvements in [[], [(2, 5.0)], [(1, .infinity), (2, 5)]] {
            let run = ComparedRun(
                family: "a", problem: 0, block: 0, evaluations: 9,
                improvements: improvements.map { Trace.Checkpoint(evaluations: $0.0, best: $0.1) }, optimum: 1)
            let exported = ExportedRun(run, on: manifest, budget: 9)
            let result = COCOExport.files(.init(name: "x", seed: 1, families: ["a"], runs: [exported]))
            #expect(result.files.isEmpty && result.leftOut == [exported])
        }
    }

    @Test("the CSV of runs and that of improvements are read back as they were")
    func csv() throws {
        let files = ComparisonCSV.files(comparison)
        let runs = try lines(files, "runs.csv")
        #expect(runs[0] == "family,problem,dimension,instance,block,budget,evaluations,best,precision")
        #expect(runs.count == comparison.runs.count + 1)
        for (line, run) in zip(runs.dropFirst(), comparison.runs) where run.run.family == "wide" {
            // From the end, where nothing is quoted.
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).reversed().map(String.init)
            #expect(Double(fields[0]) == run.run.optimum.map { run.run.improvements.last!.best - $0 })
            #expect(Double(fields[1]) == run.run.improvements.last?.best)
            #expect(fields[2] == "\(run.run.evaluations)" && fields[3] == "\(run.budget)")
            #expect(fields[4] == "\(run.run.block)" && Int(fields[5]) == run.problem.instance)
        }
        #expect(runs.last == "wide,\"../bin/a b --x=\"\"{x}\"\"\",4,,1,10,9,,")
        #expect(runs[2].hasPrefix("\"narrow/er, \"\"2\"\"\",bbob/f1,2,1,0,400,400,"))
        let improvements = try lines(files, "improvements.csv")
        #expect(improvements.count == comparison.runs.reduce(1) { $0 + $1.run.improvements.count })
    }

    private struct Line: Decodable {
        let comparison: String, seed: UInt64, family: String, problem: String, dimension: Int, instance: Int?,
            block: Int
        let budget: Int, evaluations: Int, optimum: Double?, best: Double?, precision: Double?
        let improvements: [[Double]]
    }

    @Test("JSON lines: every line is a run, read back as it was")
    func jsonLines() throws {
        let lines = try lines(ComparisonJSONLines.files(comparison), "runs.jsonl")
        #expect(lines.count == comparison.runs.count)
        for (text, run) in zip(lines, comparison.runs) {
            let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
            #expect(line.comparison == "night\n1" && line.seed == .max && line.family == run.run.family)
            #expect(line.problem == run.problem.function && line.dimension == run.problem.dimension)
            #expect(line.instance == run.problem.instance && line.block == run.run.block)
            #expect(line.budget == run.budget && line.evaluations == run.run.evaluations)
            #expect(line.optimum == run.run.optimum && line.best == run.run.improvements.last?.best)
            #expect(line.precision == line.best.flatMap { best in run.run.optimum.map { best - $0 } })
            #expect(line.improvements == run.run.improvements.map { [Double($0.evaluations), $0.best] })
        }
    }

    @Test("numbers are the shortest that are read back the same; text may contain anything")
    func numbers() throws {
        for value in [0.1, 1 / 3.0, 1e-5, Double.leastNonzeroMagnitude, -1.7976931348623157e308, 0, .infinity] {
            #expect(Double(JSONText.number(value)) == value)
        }
        #expect(
            JSONText.number(0.1) == "0.1" && JSONText.optional(.infinity) == "null" && JSONText.optional(nil) == "null")
        let text = "a\"\\\n\t\u{1}\u{1F}é𝄞/"
        #expect(try object("{\"a\":\(JSONText.string(text))}")["a"] as? String == text)
    }

    @Test("names of files are safe and distinct, whatever the names were", arguments: 1...50)
    func fileNames(seed: UInt64) {
        var chance = RandomStream(seed: seed)
        let alphabet = Array("ab AB12-_./\\:*?\"'$`|<>&;\n\0é中\u{202E}~")
        let names = (0..<40).map { _ in
            String((0..<chance.index(below: 90)).map { _ in alphabet[chance.index(below: alphabet.count)] })
        }
        let safe = FileName.distinct(names)
        #expect(safe.count == names.count && Set(safe.map { $0.lowercased() }).count == names.count)
        for name in safe {
            #expect(name.wholeMatch(of: /[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?/) != nil, "\(name)")
            #expect(name.utf8.count <= FileName.limit + 3)
        }
        #expect(
            FileName.distinct(["a/b", "a-b", "A b", "", ".."]) == ["a-b", "a-b-2", "A-b-3", "unnamed", "unnamed-2"])
        #expect(FileName.safe("pso+local") == "pso-local" && FileName.safe("--help") == "help")
    }
}
