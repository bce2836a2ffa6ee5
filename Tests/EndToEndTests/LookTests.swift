import Foundation
import Testing

@Suite("Looking at a study")
struct LookTests {
    private let program: Program

    init() throws {
        program = try Program()
        _ = try program.run(
            "learn", "sphere", "--dimension", "2", "--max-evaluations", "20k", "--ceiling", "1k", "--quiet", "--study",
            "s")
    }

    @Test("status lists it, list knows it")
    func status() throws {
        for command in [["status"], ["list", "studies"]] {
            let outcome = try program.start(command).finish()
            #expect(outcome.code == 0 && outcome.output.contains("sphere (2 dimensions)"))
            #expect(outcome.output.split(separator: "\n")[1].hasPrefix("s  "))
        }
    }

    @Test("with a long problem and a purse status still fits 80 columns, names whole")
    func longStatus() throws {
        let made = try program.run(
            "learn", "--study", "a-name-of-some-length", "--bounds", "0,1", "--dimension", "1", "--floor", "10",
            "--ceiling", "20", "--max-evaluations", "1M", "--max-pulls", "2", "--confirm", "0", "--quiet", "--", "awk",
            "BEGIN{ print ({x0} - 0.25) ^ 2 + 1 }")
        #expect([0, 3].contains(made.code), "\(made.errors)")
        let lines = try program.run("status").output.split(separator: "\n")
        #expect(lines.count == 3 && lines.allSatisfy { $0.count <= 80 }, "\(lines)")
        #expect(lines.contains { $0.hasPrefix("a-name-of-some-length  awk BEGIN{ ") }, "\(lines)")
    }

    @Test(
        "list names everything that can be named",
        arguments: [
            ("problems", "nist/mgh09"), ("families", "particleSwarm"), ("topologies", "ring[:radius]"),
            ("inertias", "stagnation"), ("rules", "bareBones"), ("boundaries", "reflect"), ("policies", "thompson"),
            ("protocols", "jsonl"),
        ])
    func list(kind: String, name: String) throws {
        let outcome = try program.run("list", kind)
        #expect(outcome.code == 0 && outcome.output.contains(name))
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test("explain computes every decision again and finds it the same", arguments: [0, 1, 7])
    func explain(pull: Int) throws {
        let outcome = try program.run("explain", "s", "--pull", String(pull))
        #expect(outcome.code == 0)
        #expect(outcome.output.contains("Computed again from the ledger: the same decision."))
        #expect(outcome.output.contains("contender"))
    }

    @Test("exports are whole: pulls, traces, JSON, to a file too")
    func export() throws {
        let pulls = try program.run("export", "s")
        let json = try program.run("export", "s", "--format", "json").json()
        let count = try #require((json["pulls"] as? [Any])?.count)
        #expect(pulls.output.split(separator: "\n").count == count + 1)
        let traces = try program.run("export", "s", "--traces")
        #expect(traces.output.hasPrefix("study,number,evaluations,best\n"))
        #expect(traces.output.split(separator: "\n").count > count)
        let file = try program.run("export", "s", "--output", "out.csv")
        #expect(file.code == 0 && file.output.isEmpty)
        #expect(try String(contentsOfFile: program.path("out.csv"), encoding: .utf8) == pulls.output)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: program.folder).allSatisfy { !$0.hasSuffix(".tmp") })
        #expect(try program.run("export", "s", "--output", "no/such/folder/out.csv").code == 2)
    }

    private struct Answer: Decodable {
        struct Best: Decodable, Equatable {
            let point: [Double]
            let value: Double
        }
        let best: Best
    }

    @Test("run prints and stores the best point, the same for the same seed")
    func run() throws {
        let first = try program.run("run", "--as", "s", "--format", "json")
        #expect(first.code == 0)
        let best = try JSONDecoder().decode(Answer.self, from: Data(first.output.utf8)).best
        let line = best.point.map { "\($0)" }.joined(separator: " ") + "\n"
        let value = try program.run("evaluate", "sphere", "--dimension", "2", input: line)
        #expect(value.output == "\(best.value)\n")
        let again = try program.run("run", "--as", "s", "--format", "json")
        #expect(try JSONDecoder().decode(Answer.self, from: Data(again.output.utf8)).best == best)
        let text = try program.run("run", "rastrigin", "--swarm-size", "10", "--iterations", "30", "--topology", "ring")
        #expect(text.code == 0 && text.output.contains("300 evaluations in 1 search"))
    }

    @Test("evaluate answers a value a point, textbook instance included")
    func evaluate() throws {
        let outcome = try program.run(
            "evaluate", "sphere", "--dimension", "3", "--instance", "0", input: "1 2 3\n\n0,0,0\n-1\t1 1")
        #expect(outcome.output == "14.0\n0.0\n3.0\n")
        let rosenbrock = try program.run(
            "evaluate", "rosenbrock", "--dimension", "2", "--instance", "0", input: "1 1\n-1 1\n")
        #expect(rosenbrock.output == "0.0\n4.0\n")
        let nist = try program.run("evaluate", "nist/misra1a", input: "238.94212918 5.5015643181E-04\n")
        let value = try #require(Double(nist.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(abs(value / 0.124_551_388_94 - 1) < 1e-9)
    }
}
