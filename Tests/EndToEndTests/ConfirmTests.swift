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
            "--inertias", "0.5,0.7298", "--topologies", "global", "--study", "s", "--quiet", "--confirm", "0")
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
        // 188 evaluations and four octaves more: the ceiling.
        #expect(budgets.last == min(2 * (arm["budget"] as? Int ?? 0), 188 << 3))
        for (key, value) in try confirmed("--workers", "2") { #expect("\(first[key] ?? "")" == "\(value)", "\(key)") }
        let more = try confirmed("--searches", "25")
        #expect(more["searches"] as? Int == 25)
        let report = try program.run("report", "s").output
        #expect(report.contains("by 25 fresh searches of ") && report.contains("of fresh pairs"))
        // Ten of them are there; of thirty some are new, and the page, which was there, says what came of them.
        let known = try program.run("confirm", "s")
        #expect(known.code == 0 && known.output.contains("nothing: these searches were there"), "\(known)")
        let text = try program.run("confirm", "s", "--searches", "30")
        #expect(text.code == 0 && text.output.contains("not of the study's") && text.errors.isEmpty, "\(text)")
        #expect((known.lines + text.lines).allSatisfy { $0.count <= 80 })
        let page = try String(contentsOfFile: program.path("runs/s/report.html"), encoding: .utf8)
        #expect(page.contains("30 fresh searches"))
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

    @Test("fresh searches go on to twice the budget while the knee is not below their end and the purse pays")
    func goesOn() throws {
        func budgets(_ arguments: String...) throws -> (told: Int, largest: Int, massAtLargest: Double, errors: String)
        {
            let outcome = try program.start(["learn", "nist/mgh17", "--format", "json"] + arguments).finish()
            #expect(outcome.code == 0, "\(outcome.errors)")
            let record = try #require(try outcome.json()["confirmed"] as? [String: Any])
            let confirmation = try #require(record["confirmation"] as? [String: Any])
            // What programs read is what the fresh searches say, not what was believed before them.
            let isCensored = try outcome.json()["kneeIsCensored"] as? Bool
            #expect(isCensored == (try #require(confirmation["massAtLargest"] as? Double) > 0.05))
            let announced = outcome.errors.matches(of: #/confirming: 10 fresh searches/#).count
            return (
                announced, try #require((confirmation["budgets"] as? [Int])?.last),
                try #require(confirmation["massAtLargest"] as? Double), outcome.errors
            )
        }
        let paid = try budgets("--study", "paid")
        #expect(paid.told == 2 && paid.massAtLargest <= 0.5, "\(paid)")
        // The purse that pays for the first ones only.
        let poor = try budgets("--study", "poor", "--max-evaluations", "450k")
        #expect(poor.told == 1 && poor.massAtLargest > 0.5 && 2 * poor.largest == paid.largest, "\(poor)")
        // Continued, it has nothing left to do.
        let before = try program.run("report", "paid", "--format", "json").json()
        #expect(try program.run("resume", "paid", "--quiet").code == 0)
        let after = try program.run("report", "paid", "--format", "json").json()
        for part in ["spent", "confirmed"] {
            #expect(try #require(before[part] as? NSDictionary) == after[part] as? NSDictionary, "\(part)")
        }
    }

    @Test("a resumed study does not put its own few fresh searches in the place of more")
    func keepsTheBetter() throws {
        let learned = try program.run(
            "learn", "sphere", "--dimension", "2", "--max-evaluations", "40k", "--ceiling", "1k", "--study", "own",
            "--quiet", "--no-page")
        #expect(learned.code == 0, "\(learned.errors)")
        #expect(try program.run("confirm", "own", "--searches", "25").code == 0)
        let resumed = try program.run("resume", "own", "--quiet", "--no-page")
        #expect(resumed.code == 0 && resumed.output.contains("by 25 fresh searches of "), "\(resumed)")
        #expect(try program.run("report", "own").output.contains("by 25 fresh searches of "))
    }

    @Test("no budget is enough with which no fresh search has reached the target, and the study is not sure")
    func missedTarget() throws {
        let learned = try program.run(
            "learn", "rastrigin", "--dimension", "5", "--seed", "4", "--target", "1", "--study", "missed", "--quiet",
            "--no-page")
        #expect(learned.code == 3 && learned.output.contains("is the best guess so"), "\(learned)")
        #expect(learned.output.contains("1 reached by 0 of 10 fresh searches within "))
        #expect(learned.output.contains("not yet: no fresh search has reached the target"))
        let json = try program.run("report", "missed", "--format", "json").json()
        #expect(json["isSure"] as? Bool == false)
        let status = try program.run("status").output
        #expect(status.contains("not sure"), "\(status)")
        // What was learned counts, wherever it is told, and there is more to learn.
        let recommended = try #require((json["recommended"] as? [String: Any])?["budget"] as? Int)
        #expect(status.contains("  2,504") && learned.output.contains("knee        2,504 evaluations"))
        #expect(recommended == 2504 && learned.output.contains("'resume'"))
        let searches = { (outcome: [String: Any]) in (outcome["spent"] as? [String: Any])?["searches"] as? Int }
        let resumed = try program.start(["resume", "missed", "--quiet", "--no-page", "--format", "json"]).finish()
        #expect(try #require(searches(try resumed.json())) > (try #require(searches(json))), "\(resumed.errors)")
        #expect(try program.run("verify", "missed").code == 0)
        let confirmed = try program.run("confirm", "missed", "--searches", "60")
        #expect(confirmed.code == 0 && confirmed.output.contains("target      1 reached by "), "\(confirmed)")
        #expect(!confirmed.output.contains("two thirds"))
    }

    @Test("beyond what a total can pay for there is no knee to be censored")
    func total() throws {
        let learned = try program.run(
            "learn", "rastrigin", "--dimension", "5", "--seed", "2", "--total", "700", "--study", "total", "--quiet",
            "--no-page")
        #expect(!learned.output.contains("censored") && !learned.output.contains("at least"), "\(learned)")
        let json = try program.run("report", "total", "--format", "json").json()
        #expect(json["kneeIsCensored"] as? Bool == false)
    }

    @Test("what cannot be confirmed is told in a sentence")
    func refusals() throws {
        let unknown = try program.run("confirm", "t")
        #expect(unknown.code == 2 && unknown.errors.hasPrefix("knee: there is no study 't'"))
        let one = try program.run("confirm", "s", "--searches", "2")
        #expect(one.code == 2 && one.errors.contains("at least 3"))
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
            "--swarm-sizes", "4", "--inertias", "0.5", "--topologies", "global", "--study", "c", "--quiet", "--confirm",
            "0",
            "--",
            "./first.sh", "{x}")
        #expect([0, 3].contains(learned.code), "\(learned.errors)")
        #expect(try program.run("confirm", "c", "--searches", "3").code == 0)
        try program.write("", to: "broken")
        // The three are known: nothing is asked.
        #expect(try program.run("confirm", "c", "--searches", "3", "--abort-after", "5").code == 0)
        let failed = try program.run("confirm", "c", "--searches", "4", "--abort-after", "5")
        #expect(failed.code == 4 && failed.errors.contains("By hand: ./first.sh "), "\(failed)")
    }

    private let small = [
        "--bounds", "0,1", "--dimension", "1", "--max-evaluations", "2000", "--floor", "8", "--ceiling", "32",
        "--swarm-sizes", "4", "--inertias", "0.5", "--topologies", "global,ring", "--spend-all", "--quiet",
    ]

    @Test("learn ends with fresh searches that its purse pays for, once")
    func learnConfirms() throws {
        let learned = try program.start(["learn", "--study", "l"] + small + ["--", "echo", "{x}"]).finish()
        #expect([0, 3].contains(learned.code), "\(learned.errors)")
        let again = try program.run("resume", "l", "--quiet")
        #expect(again.output == learned.output && again.code == learned.code)
        let report = try program.run("report", "l", "--format", "json").json()
        let spent = try #require(report["spent"] as? [String: Any])
        let fresh = try #require(spent["freshEvaluations"] as? Int)
        #expect(spent["freshSearches"] as? Int == 10 && fresh > 0)
        #expect((spent["evaluations"] as? Int ?? 9999) <= 2000)
        let confirmed = try #require(report["confirmed"] as? [String: Any])
        #expect(confirmed["evaluations"] as? Int == fresh)
        #expect(learned.output.contains("by 10 fresh searches of "))
        #expect(learned.output.contains("and 10 fresh searches (\(fresh) of the evaluations)"))
        // More of them beside the purse: those made are not made again.
        #expect(try program.run("confirm", "l", "--searches", "12").code == 0)
        let more = try program.run("report", "l", "--format", "json").json()
        #expect((more["spent"] as? [String: Any])?["freshEvaluations"] as? Int == fresh)
        #expect(more["digest"] as? String == report["digest"] as? String)
    }

    @Test("interrupted while it confirms, a study goes on with what is missing and says the same")
    func interruptedConfirmation() throws {
        let whole = try program.start(
            ["learn", "--study", "whole", "--format", "json"] + small + ["--", "echo", "{x}"]
        ).finish().json()
        // Slow once learning has ended.
        try program.write("#!/bin/sh\n[ -e slow ] && sleep 0.02\necho \"$1\"\n", to: "f.sh", executable: true)
        let running = try program.start(
            ["learn", "--study", "cut"] + small.dropLast() + ["--", "./f.sh", "{x}"])
        try program.waitForFresh(0, study: "cut", saidIn: running.said)
        try program.write("", to: "slow")
        try program.waitForFresh(1, study: "cut", saidIn: running.said)
        running.process.interrupt()
        let cut = try running.finish()
        try FileManager.default.removeItem(atPath: program.path("slow"))
        #expect(cut.code == 130 && cut.errors.contains("continue with: "), "\(cut)")
        let resumed = try program.run("resume", "cut", "--format", "json", "--quiet").json()
        #expect(resumed["digest"] as? String == whole["digest"] as? String)
        let knees = try [resumed, whole].map { try #require(($0["confirmed"] as? [String: Any])?["confirmation"]) }
        #expect("\(knees[0])".sorted() == "\(knees[1])".sorted())
        let counts = [resumed, whole].map { ($0["spent"] as? [String: Any])?["freshEvaluations"] as? Int }
        #expect(counts[0] == counts[1] && counts[0] ?? 0 > 0)
    }
}
