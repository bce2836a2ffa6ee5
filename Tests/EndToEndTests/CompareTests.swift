import Foundation
import Testing

@Suite("knee compare")
struct CompareTests {
    private let program: Program

    init() throws { program = try Program() }

    private func words(_ name: String, _ more: String..., families: String = "particleSwarm,uniformRandom") -> [String]
    {
        [
            "compare", "--families", families, "--problems", "sphere,rastrigin", "--dimension", "3", "--blocks", "6",
            "--evaluations", "60,600", "--name", name, "--quiet", "--format", "json",
        ] + more
    }

    private func compare(_ words: [String]) throws -> Program.Outcome { try program.start(words).finish() }

    @Test("1 worker, 4 workers, and interrupted and resumed are one comparison")
    func identity() throws {
        let one = try compare(words("one", "--workers", "1"))
        let four = try compare(words("four", "--workers", "4"))
        #expect(one.code == 0 && four.code == 0, "\(one.errors) \(four.errors)")
        #expect(try one.digest() == four.digest())
        // Grown: two blocks, then all six, then as many again.
        let few = words("grown").map { $0 == "6" ? "2" : $0 }
        #expect(try compare(few).digest() != one.digest())
        let refused = try compare(words("grown"))
        #expect(refused.code == 2 && refused.errors.contains("--resume"), "\(refused.errors)")
        #expect(try compare(words("grown", "--resume")).digest() == one.digest())
        let again = try compare(words("grown", "--resume"))
        #expect(try again.digest() == one.digest() && again.json()["searches"] as? Int == 24)
    }

    @Test("a killed comparison loses what was in flight, and goes on")
    func killed() throws {
        let long = words("k", "--workers", "2").map { $0 == "60,600" ? "200k" : $0 == "6" ? "40" : $0 }
        let whole = try program.start(long.map { $0 == "k" ? "whole" : $0 }).finish()
        let running = try program.start(long)
        for _ in 0..<2000 {
            usleep(5000)
            let report = try program.run("report", "k", "--format", "json")
            if report.code == 0, try report.json()["searches"] as? Int ?? 0 > 3 { break }
        }
        kill(running.process.processIdentifier, SIGKILL)
        running.process.waitUntilExit()
        let left = try program.run("report", "k", "--format", "json").json()["searches"] as? Int ?? 0
        #expect(left > 3 && left < 160, "\(left)")
        #expect(try compare(long + ["--resume"]).digest() == whole.digest())
    }

    @Test("Ctrl-C ends with 130 and says how to go on; time that is up with 3; both with a report")
    func stopped() throws {
        let long = words("s", "--workers", "2").map { $0 == "60,600" ? "1M" : $0 == "6" ? "400" : $0 }
        let running = try program.start(long)
        usleep(1_500_000)
        kill(running.process.processIdentifier, SIGINT)
        let outcome = try running.finish()
        #expect(outcome.code == 130 && outcome.errors.contains("--resume"), "\(outcome)")
        #expect(try outcome.json()["wanted"] as? Int == 1600)
        let timed = try compare(long + ["--resume", "--max-time", "1s"])
        #expect(timed.code == 3, "\(timed.errors)")
        let searches = try #require(try timed.json()["searches"] as? Int)
        #expect(searches > (try outcome.json()["searches"] as? Int ?? .max) && searches < 1600)
    }

    @Test("families of a block begin at the same point of the same instance")
    func commonRandomNumbers() throws {
        _ = try compare(words("c", families: "particleSwarm,uniformRandom,differentialEvolution"))
        let rows = try program.run("export", "c").output.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(rows.count == 1 + 36)
        let firsts = try program.run("export", "c", "--traces").output.split(separator: "\n").dropFirst()
        var values: [String: Set<Substring>] = [:]
        // family, problem, dimension, instance, block, evaluations, best, precision
        for cells in firsts.map({ $0.split(separator: ",", omittingEmptySubsequences: false) }) where cells[5] == "1" {
            values["\(cells[1]) \(cells[4])", default: []].insert(cells[6])
        }
        #expect(values.count == 12 && values.values.allSatisfy { $0.count == 1 }, "\(values)")
    }

    @Test("a family that looks at its horizon is searched anew for every budget")
    func horizonBound() throws {
        let bound = try compare(words("h", families: "particleSwarm/10/linear/ring,uniformRandom"))
        #expect(try bound.json()["wanted"] as? Int == 12 * 2 + 12 && bound.code == 0, "\(bound)")
    }

    @Test("every family at its own learned budget, which costs each what it costs")
    func learned() throws {
        let learn = [
            "compare", "--families", "particleSwarm,uniformRandom", "--problems", "sphere", "--dimension", "2",
            "--blocks", "4", "--learn", "20k", "--name", "l", "--quiet", "--format", "json",
        ]
        let first = try compare(learn)
        #expect(first.code == 0, "\(first.errors)")
        let document = try first.json()
        let lessons = try #require(document["learned"] as? [[[String: Any]]])
        #expect(lessons.count == 2 && lessons.allSatisfy { $0.count == 1 })
        for lesson in lessons {
            let evaluations = try #require(lesson[0]["evaluations"] as? Int)
            #expect(evaluations > 0 && evaluations <= 20_000)
        }
        let studies = try program.run("status").output
        #expect(studies.contains("l-particleSwarm-1") && studies.contains("l-uniformRandom-1"), "\(studies)")
        // Another process learns and finds the same.
        let again = try compare(learn.map { $0 == "l" ? "m" : $0 } + ["--workers", "1"])
        #expect(try again.digest() == first.digest())
        let proof = try program.run("verify")
        #expect(proof.code == 0 && proof.output.contains("l: comparison, "), "\(proof)")
        #expect(proof.output.contains("best points evaluated again"), "\(proof)")
    }

    @Test("a command is compared like any problem")
    func command() throws {
        let outcome = try program.start([
            "compare", "--families", "particleSwarm/5,uniformRandom", "--evaluations", "12", "--blocks", "2",
            "--bounds",
            "-1,1", "--dimension", "2", "--name", "x", "--quiet", "--", "awk", "-v", "a={x0}", "-v", "b={x1}",
            "BEGIN { print a * a + b * b }",
        ]).finish()
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("4 of 4"), "\(outcome.output)")
        let failing = try program.start([
            "compare", "--families", "particleSwarm/5,uniformRandom", "--evaluations", "50", "--blocks", "2",
            "--bounds",
            "-1,1", "--dimension", "1", "--name", "y", "--quiet", "--", "awk", "-v", "a={x0}", "BEGIN { exit 3 }",
        ]).finish()
        #expect(failing.code == 4, "\(failing.errors)")
    }

    @Test("text fits a terminal; report and page say the same")
    func text() throws {
        let outcome = try compare(words("t").filter { $0 != "--format" && $0 != "json" })
        #expect(outcome.code == 0)
        for line in outcome.lines { #expect(line.count <= 80, "\(line)") }
        let report = try program.run("report", "t").output
        #expect(outcome.output.hasPrefix(report.split(separator: "  ledger")[0]))
        let page = try String(contentsOfFile: program.path("runs/t/report.html"), encoding: .utf8)
        #expect(page.contains("chart-ranks") && page.contains("chart-runtimes"))
        let headline = try #require(try program.run("report", "t", "--format", "json").json()["verdict"] as? String)
        #expect(page.contains("<p id=\"verdict\">\(headline)</p>"))
        #expect(try program.run("report", "t", "--html", "t.html").code == 0)
        #expect(try String(contentsOfFile: program.path("t.html"), encoding: .utf8) == page)
    }

    @Test(
        "what cannot be compared is told in one line",
        arguments: [
            (["--families", "particleSwarm", "sphere"], "two --families"),
            (["--families", "particleSwarm,cmaess", "sphere"], "Did you mean"),
            (["--families", "uniformRandom/5,particleSwarm", "sphere"], "has no size"),
            (["--families", "particleSwarm/0,uniformRandom", "sphere"], "a swarm size"),
            (["--families", "particleSwarm/5/2,uniformRandom", "sphere"], "weight"),
            (["--families", "uniformRandom,uniformRandom", "sphere"], "twice"),
            (["--families", "particleSwarm,uniformRandom"], "name a problem"),
            (["--families", "particleSwarm,uniformRandom", "--problems", "sphere,sphere"], "twice"),
            (["--families", "particleSwarm,uniformRandom", "sphere", "--instance", "3"], "--instances"),
            (["--families", "particleSwarm,uniformRandom", "sphere", "--instances", "5-3"], "range"),
            (["--families", "particleSwarm,uniformRandom", "sphere", "--learn", "100"], "too little"),
            (
                ["--families", "particleSwarm,uniformRandom", "sphere", "--learn", "9k", "--evaluations", "5"],
                "learned"
            ),
            (["--families", "particleSwarm/9,uniformRandom", "sphere", "--learn", "90k"], "are learned"),
            (["--families", "particleSwarm,uniformRandom", "sphere", "--price", "2"], "--learn"),
            (["--families", "particleSwarm,uniformRandom", "sphere", "--resume"], "--name"),
        ])
    func wrong(arguments: [String], words: String) throws {
        let outcome = try program.start(["compare"] + arguments + ["--quiet"]).finish()
        #expect(outcome.code == 2 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(!FileManager.default.fileExists(atPath: program.path("runs")), "nothing is recorded")
    }
}
