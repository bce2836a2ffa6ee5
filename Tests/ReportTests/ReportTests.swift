import Foundation
import Inner
import Ledger
import Outer
import Problems
import Report
import Testing

@Suite("Reports")
struct ReportTests {
    private func record(
        _ problem: ProblemManifest? = nil, goal: Goal = .price(1), cost: Cost = .evaluations
    ) throws -> StudyRecord {
        var factors = ArmSpace.Factors()
        (factors.swarmSizes, factors.inertias, factors.topologies) = ([5, 20], ["0.5", "0.7298"], ["ring"])
        return StudyRecord(
            name: "s-1", problem: try problem ?? .builtIn("sphere", dimension: 3),
            spec: StudySpec(
                space: try ArmSpace(factors, floor: 50, ceiling: 800), goal: goal, cost: cost, seed: 3, purse: 20_000),
            provenance: Provenance(created: "now", commandLine: ["knee"], programVersion: "1", host: "h"))
    }

    private func pulls(of record: StudyRecord) async throws -> [Pull] {
        guard case .pure(let problem) = try record.problem.make() else { return [] }
        return try await runStudy(record.spec, workers: 1, launch: launcher(for: problem), record: { _ in }).pulls
    }

    private func report(goal: Goal = .price(1), stop: StopReason? = .purse, ledger: String = "runs/knee.sqlite")
        async throws -> StudyReport
    {
        let record = try record(goal: goal)
        return try StudyReport(record, optimum: 0, pulls: try await pulls(of: record), stop: stop, ledger: ledger)
    }

    @Test("the text says everything a user came for, within 80 columns")
    func text() async throws {
        for goal in [Goal.price(1), .total(20_000)] {
            let report = try await report(goal: goal)
            let text = ReportText.render(report)
            let verdict = try #require(report.verdict)
            for fact in [
                "swarm size  \(verdict.arm.configuration.swarmSize) particles",
                "iterations  \(Numbers.grouped(verdict.arm.iterations))",
                "inertia     \(verdict.arm.configuration.inertiaLabel)", "topology    ring:1",
                "knee        \(Numbers.grouped(verdict.knee.budget)) evaluations", "5-95 % range", "spent",
                "whatever the settings: \(Numbers.grouped(verdict.kneeOfAnySettings.lowerBound)) to ",
                "of 20,000 evaluations",
                "ledger      runs/knee.sqlite, study s-1", "digest      \(report.digest)",
                "next        knee run --as s-1",
            ] {
                #expect(text.contains(fact), "\(fact)")
            }
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
            #expect(text.contains("are enough") == (verdict.isSure && !verdict.knee.isCensored))
            #expect(text.contains("best guess") == !verdict.isSure)
        }
    }

    @Test("a price that counts seconds is said, with what an evaluation takes; one that counts evaluations is not")
    func cost() async throws {
        for cost in Cost.allCases {
            let record = try record(cost: cost)
            let pulls = try await pulls(of: record).map {
                Pull(
                    number: $0.number, decision: $0.decision, budget: $0.budget, result: $0.result,
                    seconds: 0.012 * Double($0.result.evaluations))
            }
            let report = try StudyReport(record, optimum: 0, pulls: pulls, stop: .purse, ledger: "k")
            let text = ReportText.render(report)
            let line = "  cost        12 ms an evaluation; the price counts seconds\n"
            #expect(text.contains(line) == (cost == .seconds), "\(text)")
            let data = Data(try ReportJSON.render(report).utf8)
            let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(json["cost"] as? String == cost.rawValue)
            #expect(((json["secondsPerEvaluation"] as? Double ?? 0) - 0.012).magnitude < 1e-9)
        }
        let untimed = try StudyReport(try record(cost: .seconds), optimum: 0, pulls: [], stop: nil, ledger: "k")
        #expect(!ReportText.render(untimed).contains("an evaluation;"))
    }

    @Test("what a grid would have spent is counted; what is told from replays is marked, where such was replayed")
    func instead() async throws {
        let small = try await report()
        let verdict = try #require(small.verdict)
        let largest = small.spec.space.budget(level: verdict.levels - 1)
        let grid = "10 searches of \(Numbers.grouped(largest)) a setting: \(Numbers.grouped(40 * largest)) evaluations"
        #expect(ReportText.render(small).contains("instead     a grid, " + grid))
        // Four settings are not what was replayed.
        #expect(!ReportText.render(small).contains("random search"))
        let spec = StudySpec(space: try ArmSpace(floor: 50, ceiling: 800), seed: 3, purse: 20_000)
        let record = StudyRecord(
            name: "s-2", problem: try .builtIn("sphere", dimension: 3), spec: spec,
            provenance: Provenance(created: "now", commandLine: ["knee"], programVersion: "1", host: "h"))
        let pulls = try await pulls(of: record)
        let report = try StudyReport(record, optimum: 0, pulls: pulls, stop: .purse, ledger: "k")
        let text = ReportText.render(report)
        #expect(text.contains("random search about ") && text.contains("(ratios of replays on other problems)"))
        let data = Data(try ReportJSON.render(report).utf8)
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let replayed = try #require(json["replayed"] as? [String: Any])
        let random = try #require(replayed["randomSearch"] as? Int)
        // Two digits of 5.7 times.
        let ratio = Double(random) / Double(report.evaluations)
        #expect((4.8 * 0.949...4.8 * 1.051).contains(ratio))
    }

    @Test("the next command fits the state and names a ledger that is not the usual one")
    func nextCommand() async throws {
        let interrupted = ReportText.render(try await report(stop: .interrupted))
        #expect(interrupted.contains("next        knee resume s-1"))
        let elsewhere = ReportText.render(try await report(ledger: "/elsewhere/k.sqlite"))
        #expect(elsewhere.contains("knee run --as s-1 --ledger /elsewhere/k.sqlite"))
        let blank = ReportText.render(try await report(ledger: "my runs/k.sqlite"))
        #expect(blank.contains("next        knee run --as s-1 --ledger 'my runs/k.sqlite'"))
    }

    @Test("words of a command are quoted where a shell would read something else")
    func shellWords() {
        for plain in ["mgh09-1", "/a/b_c.sqlite", "x@y:z=1,2%+"] { #expect(ShellWord.quoted(plain) == plain) }
        #expect(ShellWord.quoted("") == "''" && ShellWord.quoted("a b") == "'a b'" && ShellWord.quoted("~") == "'~'")
        #expect(ShellWord.quoted("it's") == "'it'\\''s'" && ShellWord.quoted("$(x)") == "'$(x)'")
    }

    @Test("what a program said becomes one clean line")
    func plainLines() {
        #expect(PlainLine.of("no licence\nfor\t\tthis\r\n") == "no licence for this")
        #expect(PlainLine.of("\u{1B}[1;31mred\u{1B}[0m \u{7}bell\u{0} \u{202E}turned") == "red bell turned")
        #expect(PlainLine.of("Größe 1,5 …") == "Größe 1,5 …")
        #expect(PlainLine.of(String(repeating: "many words ", count: 99)).count == PlainLine.limit)
        #expect(PlainLine.of(String(repeating: "x", count: 999)).count == PlainLine.wordLimit)
    }

    @Test("a study without searches has a report too")
    func empty() throws {
        let record = try record()
        let report = try StudyReport(record, optimum: nil, pulls: [], stop: nil, ledger: "k")
        let text = ReportText.render(report)
        #expect(text.contains("nothing learned yet") && text.contains("knee resume s-1"))
        #expect(try ReportJSON.render(report).contains("\"digest\""))
    }

    @Test("failures are told with the evidence of the first")
    func failures() throws {
        let record = try record()
        let pull = failing { _ in .failed }
        let report = try StudyReport(record, optimum: nil, pulls: [pull], stop: .objectiveFails, ledger: "k")
        let text = ReportText.render(report)
        #expect(text.contains("5 evaluations had no value") && text.contains("no licence"))
        #expect(text.contains("the objective keeps failing"))
    }

    @Test("failures and times of fresh searches count, and evidence that was kept of some is said to be of some")
    func freshFailures() throws {
        let pull = failing { $0 == 0 ? .timedOut : .failed }
        let fresh = FreshSpend(searches: 3, evaluations: 30, failures: 2, seconds: 61)
        for (fresh, failed, kept, took) in [
            (.none, "5 evaluations had no value", "4 failed, 1 timedOut\n", "1.0 s of search"),
            (
                fresh, "7 evaluations had no value", "4 failed, 1 timedOut, as far as evidence was kept",
                "62 s of search"
            ),
        ] as [(FreshSpend, String, String, String)] {
            let report = try StudyReport(
                try record(), optimum: nil, pulls: [pull], stop: .purse, fresh: fresh, ledger: "k")
            let text = ReportText.render(report)
            for fact in [failed, kept, took] { #expect(text.contains(fact), "\(fact): \(text)") }
        }
    }

    /// Five evaluations, none of which had a value.
    private func failing(_ outcome: (Int) -> Outcome) -> Pull {
        Pull(
            number: 0, decision: Decision(arm: 0, contenders: [], propensity: 1), budget: 50,
            result: SearchResult(
                trace: Trace([.init(evaluations: 5, best: .infinity)]), best: nil, evaluations: 5, failures: 5,
                failed: (0..<5).map {
                    .init(
                        number: $0, point: [0.5],
                        evaluation: Evaluation(outcome($0), evidence: "exit code 3; standard error: no licence"))
                }), seconds: 1)
    }

    @Test("JSON holds the same facts, exactly")
    func json() async throws {
        let report = try await report()
        let text = try ReportJSON.render(report)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(json["digest"] as? String == report.digest && report.digest.count == 16)
        #expect((json["goal"] as? [String: Any])?["price"] as? Double == 1)
        #expect(json["iterations"] as? Int == report.verdict?.arm.iterations)
        #expect(json["stop"] as? String == "purse")
        let verdict = try #require(json["verdict"] as? [String: Any])
        #expect((verdict["knee"] as? [String: Any])?["budget"] as? Int == report.verdict?.knee.budget)
        let any = try #require(json["kneeOfAnySettings"] as? [String: Int])
        #expect(any["low"] == report.verdict?.kneeOfAnySettings.lowerBound)
        #expect(any["high"] == report.verdict?.kneeOfAnySettings.upperBound)
        // By its text: Foundation's untyped reader of JSON is not exact on every system.
        #expect(text.contains("\"meanScore\" : \(report.verdict?.meanScore ?? .nan)"))
    }

    @Test("exports give every number back, and quote what has to be")
    func exports() async throws {
        let record = try record()
        let pulls = try await pulls(of: record)
        let rows = Export.pullsCSV(pulls, of: record).split(separator: "\n")
        #expect(rows.count == pulls.count + 1)
        let fields = rows[1].split(separator: ",", omittingEmptySubsequences: false)
        #expect(fields.count == rows[0].split(separator: ",").count)
        #expect(Double(fields[9]) == pulls[0].result.best?.value)
        let traces = Export.tracesCSV(pulls, of: record).split(separator: "\n")
        #expect(traces.count == 1 + pulls.reduce(0) { $0 + $1.result.trace.checkpoints.count })
        let json =
            try JSONSerialization.jsonObject(with: Data(try Export.json(pulls, of: record).utf8)) as? [String: Any]
        #expect((json?["pulls"] as? [Any])?.count == pulls.count)
        let odd = StudyRecord(
            name: "a,\"b\"", problem: record.problem, spec: record.spec, provenance: record.provenance)
        #expect(Export.pullsCSV([pulls[0]], of: odd).contains("\n\"a,\"\"b\"\"\",0,"))
    }

    @Test("an explanation names the arm, its contenders and whether it was computed again alike")
    func explanation() async throws {
        let record = try record()
        let pulls = try await pulls(of: record)
        let text = ExplainText.render(pulls[6], of: record.spec, seen: 3, .same)
        #expect(text.contains("having seen 3 finished searches") && text.contains("the same decision"))
        #expect(text.contains(SettingsText.label(record.spec.space[pulls[6].decision.arm])))
        #expect(ExplainText.render(pulls[6], of: record.spec, seen: 3, .different).contains("NOT the same"))
        let gap = ExplainText.render(pulls[6], of: record.spec, seen: 1, .missing(5))
        #expect(gap.contains("having seen 1 finished search.") && gap.contains("search 5 before it is missing"))
        #expect(!gap.contains("NOT"))
    }

    @Test("an explanation adds what the goal adds: less than nothing for a price, more for a total")
    func explainedGoals() async throws {
        for goal in [Goal.price(1), .total(20_000)] {
            let record = try record(goal: goal)
            let pull = try #require(try await pulls(of: record).dropFirst(6).first)
            let text = ExplainText.render(pull, of: record.spec, seen: 3, .same)
            #expect(text.contains("goal    draw + goal") || text.contains("goal   draw + goal"), "\(text)")
            #expect(!text.contains("price") && !text.contains("-0.000"))
            let contender = pull.decision.contenders[0]
            #expect(text.contains("  " + Numbers.fixed(contender.offset, 3) + "  "))
            #expect(pull.decision.contenders.allSatisfy { goal == .price(1) ? $0.offset <= 0 : $0.offset >= 0 })
        }
    }

    @Test("numbers read as people write them")
    func numbers() {
        #expect(
            Numbers.grouped(1_234_567) == "1,234,567" && Numbers.grouped(-1000) == "-1,000"
                && Numbers.grouped(999) == "999")
        #expect(Numbers.duration(0.0123) == "12 ms" && Numbers.duration(5) == "5.0 s" && Numbers.duration(75) == "75 s")
        #expect(Numbers.duration(725) == "12 min 5 s" && Numbers.duration(10_920) == "3 h 2 min")
        #expect(Numbers.shortTime(1.2e-7) == "120 ns" && Numbers.shortTime(3.44e-6) == "3.4 us")
        #expect(Numbers.shortTime(0.0123) == "12 ms" && Numbers.shortTime(0.00123) == "1.2 ms")
        #expect(Numbers.shortTime(5) == "5.0 s" && Numbers.shortTime(725) == "12 min 5 s")
        #expect(Numbers.short(950) == "950" && Numbers.short(1234) == "1.2k" && Numbers.short(3.4e6) == "3.4M")
        #expect(Numbers.percent(0.057) == "6 %")
        #expect(Numbers.fixed(-0.0, 3) == "0.000" && Numbers.fixed(-0.0004, 3) == "0.000")
        #expect(Numbers.fixed(-0.0005001, 3) == "-0.001" && Numbers.fixed(-10, 1) == "-10.0")
        #expect(Numbers.counted(1, "search", "searches") == "1 search")
        #expect(Numbers.counted(0, "search", "searches") == "0 searches")
        #expect(Numbers.counted(1234, "search", "searches") == "1,234 searches")
        #expect(Numbers.brief(5.2) == "5s" && Numbers.brief(725) == "12m" && Numbers.brief(10_920) == "3h2m")
        #expect(Numbers.brief(4e5) == "4d" && Numbers.brief(.infinity).hasSuffix("d"))
    }
}
