import Foundation
import Testing

@Suite("knee confirm")
struct ConfirmTests {
    private let program: Program

    init() throws {
        program = try Program()
        let learned = try program.run(
            "learn", "rastrigin", "--dimension", "3", "--max-evaluations", "30k", "--ceiling", "3k", "--swarm-sizes",
            "8,20",
            "--inertias", "0.5,0.7298", "--topologies", "global", "--study", "s", "--quiet")
        #expect([0, 3].contains(learned.code), "\(learned.errors)")
    }

    private func confirmed(_ arguments: String...) throws -> [String: Any] {
        let outcome = try program.start(["confirm", "s", "--format", "json"] + arguments).finish()
        #expect(outcome.code == 0, "\(outcome.errors)")
        let record = try #require(try outcome.json()["confirmed"] as? [String: Any])
        return try #require(record["confirmation"] as? [String: Any])
    }

    @Test("searches afresh, the same each time and with any number of workers, and is told in the report")
    func confirms() throws {
        let first = try confirmed("--workers", "1")
        #expect(first["searches"] as? Int == 10)
        let budgets = try #require(first["budgets"] as? [Int])
        let arm = try #require(
            (try program.run("report", "s", "--format", "json").json()["verdict"] as? [String: Any])?["arm"]
                as? [String: Any])
        #expect(budgets.last == 2 * (arm["budget"] as? Int ?? 0))
        for (key, value) in try confirmed("--workers", "2") { #expect("\(first[key] ?? "")" == "\(value)", "\(key)") }
        let more = try confirmed("--searches", "25")
        #expect(more["searches"] as? Int == 25)
        let report = try program.run("report", "s").output
        #expect(report.contains("confirmed   by 25 fresh searches of ") && report.contains("of pairs"))
        let text = try program.run("confirm", "s")
        #expect(text.code == 0 && text.output.contains("not of the study's") && text.errors.isEmpty)
        #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test("the study stays as it was: its purse is not touched, its digest the same")
    func leavesTheStudy() throws {
        let before = try program.run("report", "s", "--format", "json").json()
        _ = try confirmed()
        let after = try program.run("report", "s", "--format", "json").json()
        #expect(before["digest"] as? String == after["digest"] as? String)
        let spent = [before, after].map { ($0["spent"] as? [String: Any])?["evaluations"] as? Int }
        #expect(spent[0] == spent[1] && spent[0] != nil && after["confirmed"] is [String: Any])
    }

    @Test("what cannot be confirmed is told in a sentence")
    func refusals() throws {
        let unknown = try program.run("confirm", "t")
        #expect(unknown.code == 2 && unknown.errors.hasPrefix("knee: there is no study 't'"))
        let one = try program.run("confirm", "s", "--searches", "1")
        #expect(one.code == 2 && one.errors.contains("at least 2"))
        let bound = try program.run(
            "learn", "sphere", "--dimension", "2", "--max-pulls", "4", "--ceiling", "500", "--swarm-sizes", "8",
            "--inertias", "linear", "--topologies", "global", "--study", "bound", "--quiet")
        #expect([0, 3].contains(bound.code))
        let refused = try program.run("confirm", "bound")
        #expect(refused.code == 2 && refused.errors.contains("depends on the budget"))
        #expect(refused.errors.split(separator: "\n").count == 1)
    }

    @Test("a command is asked too, and one that fails ends it with how to ask by hand")
    func commands() throws {
        try program.write(
            "#!/bin/sh\n[ -e broken ] && exit 3\necho \"$1\"\n", to: "first.sh", executable: true)
        let learned = try program.run(
            "learn", "--bounds", "0,1", "--dimension", "1", "--max-evaluations", "200", "--floor", "8", "--ceiling",
            "16",
            "--swarm-sizes", "4", "--inertias", "0.5", "--topologies", "global", "--study", "c", "--quiet", "--",
            "./first.sh", "{x}")
        #expect([0, 3].contains(learned.code), "\(learned.errors)")
        #expect(try program.run("confirm", "c", "--searches", "3").code == 0)
        try program.write("", to: "broken")
        let failed = try program.run("confirm", "c", "--searches", "3", "--abort-after", "5")
        #expect(failed.code == 4 && failed.errors.contains("By hand: ./first.sh "), "\(failed)")
    }
}
