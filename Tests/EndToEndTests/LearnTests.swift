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
        // A command is one line, to be copied.
        #expect(outcome.lines.allSatisfy { $0.count <= 80 })
        #expect(outcome.errors.contains("study misra1a-1 in runs/knee.sqlite"))
        #expect((outcome.code == 3) == outcome.output.contains("best guess"))
        #expect(FileManager.default.fileExists(atPath: program.path("runs/knee.sqlite")))
        let again = try program.run("report", "misra1a-1")
        #expect(again.output.hasPrefix(outcome.output) && again.code == 0)
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

    private let long = LongStudy.options

    @Test(
        "interrupted by a signal it exits 130 and says how to go on; resumed, it ends as if it had not been",
        arguments: [SIGINT, SIGTERM, SIGHUP])
    func interruption(signal: Int32) throws {
        let whole = try LongStudy.whole()
        let digest = try whole.digest()
        let running = try program.start(long + ["--ledger", "cut.sqlite"])
        try program.waitForPulls(3, study: "long", in: "cut.sqlite")
        kill(running.process.processIdentifier, signal)
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

    @Test("after a second signal, too, everything recorded is there, and the study resumes to the same end")
    func twoSignals() throws {
        let digest = try LongStudy.whole().digest()
        let running = try program.start(long + ["--ledger", "cut.sqlite"])
        try program.waitForPulls(4, study: "long", in: "cut.sqlite")
        kill(running.process.processIdentifier, SIGINT)
        kill(running.process.processIdentifier, SIGTERM)
        #expect(try running.finish().code == 130)
        #expect(try program.run("export", "long", "--ledger", "cut.sqlite").output.split(separator: "\n").count >= 5)
        let resumed = try program.run("resume", "long", "--ledger", "cut.sqlite", "--format", "json", "--quiet")
        #expect(try resumed.digest() == digest)
    }

    @Test("killed outright it loses only what was in flight; learn --resume goes on")
    func killed() throws {
        let whole = try LongStudy.whole()
        let running = try program.start(long + ["--ledger", "cut.sqlite", "--quiet"])
        try program.waitForPulls(4, study: "long", in: "cut.sqlite")
        kill(running.process.processIdentifier, SIGKILL)
        _ = try running.finish()
        let resumed = try program.start(long + ["--ledger", "cut.sqlite", "--quiet", "--resume"]).finish()
        #expect(try resumed.digest() == whole.digest())
    }

    @Test("begun with what other studies learned it decides otherwise, and can be resumed and explained")
    func warm() throws {
        let first = try program.start(small + ["--study", "first"]).finish()
        _ = try program.start(small + ["--study", "second", "--seed", "2"]).finish()
        let begin = small + ["--study", "warm", "--warm", "first,second", "--max-pulls", "30"]
        let whole = try program.start(begin + ["--ledger", "runs/knee.sqlite"]).finish()
        #expect(try whole.json()["warm"] as? [String] == ["first", "second"])
        #expect(try first.json()["warm"] as? [String] == [])
        #expect(try whole.digest() != program.start(small + ["--max-pulls", "30"]).finish().digest())
        let resumed = try program.run("resume", "warm", "--format", "json", "--quiet")
        #expect(try resumed.digest() == whole.digest())
        #expect(try program.start(begin + ["--resume"]).finish().digest() == whole.digest())
        let explained = try program.run("explain", "warm", "--pull", "10")
        #expect(explained.output.contains("the same decision"))
        for (options, words) in [
            (["--resume", "--warm", "first"], "--warm"), (["--warm", "first,first"], "twice"),
            (["--warm", "none"], "none"), (["--warm", "first", "--swarm-sizes", "5,9"], "other settings"),
        ] {
            let study = options.contains("--resume") ? ["--study", "warm"] : ["--study", "again"]
            let refused = try program.start(small + study + options).finish()
            #expect([2, 5].contains(refused.code) && refused.errors.contains(words), "\(options): \(refused.errors)")
        }
    }

    /// A study that is over at once, with options that are not the defaults.
    private let other = [
        "learn", "sphere", "--dimension", "3", "--instance", "2", "--seed", "7", "--total", "2000", "--max-pulls", "5",
        "--in-flight", "2", "--swarm-sizes", "5,9", "--policy", "uniform", "--floor", "100", "--quiet", "--study",
        "mine",
    ]

    @Test("learn --resume takes what is not said from the study, and refuses by name what is said otherwise")
    func resumption() throws {
        let report = try program.start(other).finish()
        #expect([0, 3].contains(report.code), "\(report.errors)")
        let resume = ["learn", "--resume", "--study", "mine", "--quiet"]
        for same in [
            [], ["sphere"], ["sphere", "--dimension", "3"], ["--seed", "7", "--total", "2k"], ["--swarm-sizes", "5,9"],
            [
                "--floor", "100", "--in-flight", "2", "--policy", "uniform", "--topologies",
                "global,ring,vonNeumann,random",
            ],
        ] {
            let outcome = try program.start(resume + same).finish()
            #expect(outcome.output == report.output && outcome.code == report.code, "\(same): \(outcome.errors)")
        }
        let all = [
            "the problem", "--dimension", "--instance", "--seed", "--price", "--total", "--max-pulls", "--floor",
            "--in-flight", "--swarm-sizes", "--inertias", "--ceiling", "--policy", "--max-evaluations",
        ]
        for (changed, names) in [
            (["--seed", "8"], ["--seed"]), (["rastrigin"], ["the problem"]), (["--dimension", "4"], ["--dimension"]),
            (["--instance", "3", "--price", "1"], ["--instance", "--price"]), (["--floor", "50"], ["--floor"]),
            (["--swarm-sizes", "5", "--inertias", "0.5"], ["--swarm-sizes", "--inertias"]),
            (["--ceiling", "200"], ["--ceiling"]), (["--max-evaluations", "9k"], ["--max-evaluations"]),
        ] {
            let outcome = try program.start(resume + changed).finish()
            #expect(outcome.code == 2 && outcome.output.isEmpty)
            #expect(all.filter { outcome.errors.contains($0) } == all.filter(names.contains), "\(outcome.errors)")
        }
    }

    @Test("--force-new begins another study where options differ, with the study's own where none are given")
    func forceNew() throws {
        let report = try program.start(other).finish()
        let force = ["learn", "--resume", "--study", "mine", "--force-new", "--format", "json", "--quiet"]
        #expect(try program.start(force).finish().json()["study"] as? String == "mine")
        for number in 2...3 {
            let outcome = try program.start(force + ["--seed", "8"]).finish()
            let json = try outcome.json()
            #expect(json["study"] as? String == "mine-\(number)" && json["seed"] as? Int == 8)
            #expect(json["problem"] as? String == "sphere (3 dimensions, instance 2)")
            #expect((json["goal"] as? [String: Any])?["total"] as? Int == 2000)
        }
        #expect(try program.run("report", "mine").output.hasPrefix(report.output))
    }

    @Test("the printed command works as it stands, whatever the study and the ledger are called")
    func printedCommands() throws {
        let odd = ["--study", "it's;a$b", "--ledger", "my runs/k.sqlite"]
        let learned = try program.start(["learn", "sphere", "--max-pulls", "2", "--quiet"] + odd).finish()
        let command = try #require(
            learned.output.split(separator: "\n").last.map { $0.trimmingPrefix("  next        ") })
        #expect(command.hasPrefix(Program.executable + " run --as "))
        #expect(try shell(String(command)) == 0)
    }

    @Test("the command that continues a study without an end of its own gives it one")
    func endlessHint() throws {
        let running = try program.start([
            "learn", "nist/enso", "--max-time", "1h", "--study", "timed", "--ledger", "t.sqlite",
        ])
        try program.waitForPulls(3, study: "timed", in: "t.sqlite")
        running.process.interrupt()
        let cut = try running.finish()
        let hint = try #require(cut.errors.components(separatedBy: "continue with: ").last)
        #expect(cut.code == 130 && hint.contains(" --max-time 1h"))
        let code = try shell(hint.replacingOccurrences(of: "--max-time 1h", with: "--max-time 0.1s --quiet"))
        #expect(code == 0 || code == 3)
    }

    /// Runs a line as a user who pastes it.
    private func shell(_ line: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
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
}
