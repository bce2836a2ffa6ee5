import Foundation
import Testing

@Suite("Learning, as a user does it")
struct LearnTests {
    private let program: Program

    init() throws { program = try Program() }

    /// A small study of a real problem, the same every time.
    private let small = [
        "learn", "nist/misra1a", "--max-evaluations", "60k", "--ceiling", "4k", "--format", "json", "--quiet",
    ]

    @Test("the report has the arm, the knee with its range, the spending, the ledger and the next command")
    func report() throws {
        let outcome = try program.run("learn", "nist/misra1a", "--max-evaluations", "60k", "--ceiling", "4k")
        #expect([0, 3].contains(outcome.code))
        for label in [
            "swarm size", "iterations", "inertia", "topology", "knee", "5-95 % range", "spent", "ledger", "next",
        ] {
            #expect(outcome.output.contains(label), "\(label)")
        }
        #expect(outcome.output.contains("knee run --as misra1a-1"))
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(outcome.errors.contains("study misra1a-1 in runs/knee.sqlite"))
        #expect((outcome.code == 3) == outcome.output.contains("best guess"))
        #expect(FileManager.default.fileExists(atPath: program.path("runs/knee.sqlite")))
        let again = try program.run("report", "misra1a-1")
        #expect(again.output == outcome.output && again.code == 0)
    }

    @Test("the same seed learns the same: again, in another process, with 1 and with 2 workers")
    func identity() throws {
        let first = try program.start(small).finish()
        let digest = try first.digest()
        for extra in [[], ["--workers", "1"], ["--workers", "2"], ["--workers", "4", "--ledger", "other.sqlite"]] {
            let outcome = try program.start(small + extra).finish()
            #expect(try outcome.digest() == digest)
            #expect(outcome.code == first.code)
        }
        #expect(try program.start(small + ["--seed", "2"]).finish().digest() != digest)
        #expect(try program.run("report", "misra1a-1", "--format", "json").digest() == digest)
    }

    /// A study long enough to be interrupted: ENSO's evaluations are the slowest.
    private let long = [
        "learn", "nist/enso", "--study", "long", "--max-evaluations", "400k", "--ceiling", "18k", "--format", "json",
    ]

    @Test("interrupted by SIGINT it exits 130 and says how to go on; resumed, it ends as if it had not been")
    func interruption() throws {
        let whole = try program.start(long + ["--ledger", "whole.sqlite", "--quiet"]).finish()
        let digest = try whole.digest()
        let running = try program.start(long + ["--ledger", "cut.sqlite"])
        try waitForPulls(3, study: "long", in: "cut.sqlite")
        running.process.interrupt()
        let cut = try running.finish()
        #expect(cut.code == 130)
        #expect(cut.errors.contains("knee resume long --ledger cut.sqlite"))
        #expect(try cut.json()["stop"] as? String == "interrupted")
        #expect(try cut.digest() != digest)
        let resumed = try program.run("resume", "long", "--ledger", "cut.sqlite", "--format", "json", "--quiet")
        #expect(try resumed.digest() == digest)
        #expect(resumed.code == whole.code)
        // Resuming what has ended changes nothing.
        let again = try program.run(
            "resume", "long", "--ledger", "cut.sqlite", "--format", "json", "--quiet", "--workers", "1")
        #expect(try again.digest() == digest)
    }

    @Test("killed outright it loses only what was in flight; learn --resume goes on")
    func killed() throws {
        let whole = try program.start(long + ["--ledger", "whole.sqlite", "--quiet"]).finish()
        let running = try program.start(long + ["--ledger", "cut.sqlite", "--quiet"])
        try waitForPulls(4, study: "long", in: "cut.sqlite")
        kill(running.process.processIdentifier, SIGKILL)
        _ = try running.finish()
        let resumed = try program.start(long + ["--ledger", "cut.sqlite", "--quiet", "--resume"]).finish()
        #expect(try resumed.digest() == whole.digest())
    }

    @Test("--max-time stops launching and can be resumed")
    func maxTime() throws {
        let cut = try program.start(long + ["--max-time", "0.05s", "--quiet"]).finish()
        #expect(cut.code == 3)
        #expect(try cut.json()["stop"] as? String == "time")
        let resumed = try program.run("resume", "long", "--format", "json", "--quiet")
        #expect(try resumed.json()["stop"] as? String == "purse")
    }

    @Test("a study that only time limited needs a limit again to be resumed")
    func endless() throws {
        let begun = try program.run("learn", "sphere", "--max-time", "0.2s", "--quiet", "--study", "timed")
        #expect([0, 3].contains(begun.code))
        let refused = try program.run("resume", "timed")
        #expect(refused.code == 2 && refused.errors.contains("--max-time"))
        let resumed = try program.run("resume", "timed", "--max-time", "0.2s", "--format", "json", "--quiet")
        #expect(try resumed.json()["stop"] as? String == "time")
    }

    @Test("a total is spent by restarting, and run --as spends it so")
    func total() throws {
        let learned = try program.start(small + ["--total", "4000", "--study", "t"]).finish()
        let json = try learned.json()
        #expect((json["goal"] as? [String: Any])?["total"] as? Int == 4000)
        let budget = try #require(((json["verdict"] as? [String: Any])?["arm"] as? [String: Any])?["budget"] as? Int)
        let run = try program.run("run", "--as", "t", "--format", "json")
        #expect(run.code == 0)
        #expect(try run.json()["searches"] as? Int == 4000 / budget)
        #expect(try run.json()["evaluations"] as? Int ?? .max <= 4000)
        let once = try program.run("run", "--as", "t", "--format", "json", "--restarts", "1", "--seed", "9")
        #expect(try once.json()["searches"] as? Int == 1)
    }

    @Test("settings can be narrowed by flags, and show in the verdict")
    func flags() throws {
        let outcome = try program.run(
            "learn", "sphere", "--dimension", "3", "--instance", "2", "--swarm-sizes", "7,9", "--inertias",
            "linear,0.5",
            "--topologies", "ring:2", "--rules", "constriction", "--boundaries", "clamp", "--max-evaluations", "2e4",
            "--floor", "100", "--ceiling", "1k", "--policy", "uniform", "--in-flight", "1", "--price", "0.5",
            "--format", "json",
            "--quiet", "--study", "narrow")
        let json = try outcome.json()
        let arm = try #require((json["verdict"] as? [String: Any])?["arm"] as? [String: Any])
        let configuration = try #require(arm["configuration"] as? [String: Any])
        #expect([7, 9].contains(configuration["swarmSize"] as? Int))
        #expect(configuration["topology"] as? String == "ring:2")
        #expect(configuration["rule"] as? String == "constriction:4.1")
        #expect(configuration["boundary"] as? String == "clamp")
        #expect([100, 200, 400, 800].contains(arm["budget"] as? Int))
        #expect(json["problem"] as? String == "sphere (3 dimensions, instance 2)")
        #expect(json["policy"] as? String == "uniform")
    }

    @Test("more workers than a decision looks ahead are told to idle")
    func idleWorkers() throws {
        let outcome = try program.run(
            "learn", "sphere", "--max-pulls", "3", "--workers", "5", "--in-flight", "2", "--ceiling", "1300")
        #expect(outcome.errors.contains("3 of 5 workers idle"))
    }

    /// Waits until the ledger holds so many pulls of a study that still runs.
    private func waitForPulls(_ count: Int, study: String, in ledger: String) throws {
        for _ in 0..<2000 {
            usleep(5000)
            let status = try program.run("status", "--ledger", ledger, "--format", "json")
            guard status.code == 0 else { continue }
            let studies = try JSONSerialization.jsonObject(with: Data(status.output.utf8)) as? [[String: Any]]
            if studies?.first(where: { $0["name"] as? String == study })?["pulls"] as? Int ?? 0 >= count { return }
        }
        Issue.record("no \(count) pulls in time")
    }
}
