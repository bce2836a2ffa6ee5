import Foundation
import Testing

@Suite("Objectives that are commands")
struct CommandTests {
    private let program: Program

    init() throws {
        program = try Program()
        try program.write(
            """
            #!/bin/sh
            awk -v a="$1" -v b="$2" 'BEGIN { print "working"; printf "%.17g\\n", (a - 1) ^ 2 + (b + 2) ^ 2 }'
            """, to: "bowl.sh", executable: true)
        try program.write(
            """
            #!/bin/sh
            while read -r line; do
              echo "$line" | awk -F'[][,:]+' '{ id = $2; n = 0; out = "";
                for (i = 4; i + 1 <= NF; i += 2) { if ($i ~ /seed/) break; out = out (n++ ? "," : "") ($i - 1) ^ 2 + ($(i + 1) + 2) ^ 2 }
                print "{\\"id\\":" id ",\\"value\\":[" out "]}" }'
            done
            """, to: "worker.sh", executable: true)
    }

    private let study = [
        "learn", "--bounds", "-5,5", "--dimension", "2", "--max-evaluations", "400", "--floor", "10", "--ceiling", "80",
        "--price", "0.25",
        "--swarm-sizes", "5", "--inertias", "0.5", "--topologies", "global", "--format", "json", "--quiet",
    ]

    @Test(
        "learn, alike with 1 and 2 workers, and run --as finds the minimum",
        arguments: [["./bowl.sh", "{x}"], ["./bowl.sh {x0} {x1}"]])
    func plain(command: [String]) throws {
        let digests = try ["1", "2"].map { workers in
            let outcome = try program.start(study + ["--study", "w\(workers)", "--workers", workers, "--"] + command)
                .finish()
            #expect([0, 3].contains(outcome.code), "\(outcome.errors)")
            return try outcome.digest()
        }
        #expect(digests[0] == digests[1])
        let run = try program.run("run", "--as", "w1", "--format", "json")
        let best = try #require(try run.json()["best"] as? [String: Any])
        #expect(best["value"] as? Double ?? 1 < 0.01)
    }

    @Test("speak jsonl too, and evaluate the same values")
    func jsonLines() throws {
        let points = "1 -2\n0 0\n4 1\n"
        let common = ["evaluate", "--bounds", "-5,5", "--dimension", "2"]
        let plain = try program.start(common + ["--", "./bowl.sh", "{x}"], input: points).finish()
        #expect(plain.output == "0.0\n5.0\n18.0\n")
        for batch in ["1", "2", "64"] {
            let lines = try program.start(
                common + ["--protocol", "jsonl", "--batch", batch, "--workers", "1", "--", "./worker.sh"], input: points
            ).finish()
            #expect(lines.output == plain.output, "\(lines.errors)")
        }
        let learned = try program.start(study + ["--protocol", "jsonl", "--", "./worker.sh"]).finish()
        #expect([0, 3].contains(learned.code), "\(learned.errors)")
    }

    @Test("that print rubbish or fail end the study with exit code 4 and the evidence, resumable")
    func rubbish() throws {
        try program.write("#!/bin/sh\necho no number\n", to: "rubbish.sh", executable: true)
        try program.write("#!/bin/sh\necho no licence >&2\nexit 3\n", to: "fails.sh", executable: true)
        for (script, evidence) in [("rubbish.sh", "no number"), ("fails.sh", "no licence")] {
            let outcome = try program.run(
                "learn", "--bounds", "-5,5", "--dimension", "2", "--max-evaluations", "400", "--floor", "10", "--study",
                script,
                "--", "./\(script)", "{x}")
            #expect(outcome.code == 4)
            #expect(outcome.output.contains(evidence), "\(outcome.output)")
            #expect(outcome.output.contains("knee resume \(script)"))
        }
        let single = try program.run(
            "evaluate", "--bounds", "-5,5", "--dimension", "1", "--", "./fails.sh", "{x}", input: "1\n")
        #expect(single.code == 4 && single.output == "nan\n" && single.errors.contains("exit code 3"))
    }

    @Test("a noisy one is searched, and its best point evaluated again only at the end")
    func noisy() throws {
        try program.write("#!/bin/sh\necho \"$1\" >> points\necho 1\n", to: "noisy.sh", executable: true)
        let run = try program.run(
            "run", "--noisy", "--bounds", "0,1", "--dimension", "1", "--swarm-size", "10", "--evaluations", "60",
            "--workers", "1", "--", "./noisy.sh", "{x}")
        #expect(run.code == 0, "\(run.errors)")
        let points = try String(contentsOfFile: program.path("points"), encoding: .utf8).split(separator: "\n")
        #expect(points.count == 60 && Set(points.suffix(5)).count == 1)
        #expect(Set(points).count > 50)
    }

    @Test("leave no process behind when the study is interrupted")
    func interrupted() throws {
        try program.write("#!/bin/sh\necho $$ >> pids\nsleep 30\necho 1\n", to: "slow.sh", executable: true)
        let running = try program.start(
            [
                "learn", "--bounds", "0,1", "--dimension", "1", "--max-pulls", "3", "--study", "slow", "--",
                "./slow.sh", "{x}",
            ])
        #expect(!program.awaitPids(in: "pids").isEmpty)
        running.process.interrupt()
        let outcome = try running.finish()
        #expect(outcome.code == 130 && outcome.errors.contains("knee resume slow"))
        for pid in program.pids(in: "pids") {
            #expect(living(inGroup: pid).isEmpty)
        }
    }

    @Test("resumed with learn, they need not be named again, and what differs is told")
    func resumption() throws {
        let learned = try program.start(study + ["--study", "s", "--", "./bowl.sh", "{x}"]).finish()
        let resume = ["learn", "--resume", "--study", "s", "--quiet", "--format", "json"]
        for same in [[], ["--bounds", "-5,5"], ["--dimension", "2"], ["--", "./bowl.sh", "{x}"]] {
            #expect(try program.start(resume + same).finish().digest() == learned.digest(), "\(same)")
        }
        for (changed, name) in [
            (["--bounds", "-5,4"], "the bounds"), (["--dimension", "3"], "--dimension"), (["--noisy"], "--noisy"),
            (["--batch", "3"], "--batch"), (["--", "./bowl.sh", "{x1}", "{x0}"], "the command"),
            (["sphere"], "the problem"),
        ] {
            let outcome = try program.start(resume + changed).finish()
            #expect(outcome.code == 2 && outcome.errors.contains("another value of: \(name);"), "\(outcome.errors)")
        }
    }

    @Test("interrupted between restarts, run prints what its finished searches found")
    func interruptedRestarts() throws {
        try program.write(
            "#!/bin/sh\necho $1 >> asked\n[ $(wc -l < asked) -gt 12 ] && sleep 30\necho $1\n", to: "tires.sh",
            executable: true)
        let running = try program.start([
            "run", "--bounds", "0,1", "--dimension", "1", "--swarm-size", "5", "--evaluations", "5", "--restarts", "9",
            "--workers", "1", "--", "./tires.sh", "{x}",
        ])
        try waitForLines(13, in: "asked")
        running.process.interrupt()
        let outcome = try running.finish()
        #expect(outcome.code == 130 && outcome.output.contains("10 evaluations in 2 searches"), "\(outcome)")
        #expect(outcome.errors.contains("2 of 9 searches"))
    }

    @Test("a decision after a search that was lost in flight is not computed again until that search is made")
    func gap() throws {
        try program.write(
            "#!/bin/sh\nmkdir first 2> /dev/null && sleep 300\necho $1\n", to: "stuck.sh", executable: true)
        let running = try program.start([
            "learn", "--bounds", "0,1", "--dimension", "1", "--floor", "8", "--ceiling", "8", "--swarm-sizes", "4",
            "--max-pulls", "4", "--workers", "2", "--study", "s", "--", "./stuck.sh", "{x}",
        ])
        try program.waitForPulls(3, study: "s")
        running.process.interrupt()
        _ = try running.finish()
        // One of the first two, which began together, was the one that got stuck.
        let missing = try program.run("explain", "s", "--pull", "0").code == 0 ? 1 : 0
        for later in 2...3 {
            let outcome = try program.run("explain", "s", "--pull", "\(later)")
            let finding = "search \(missing) before it is missing"
            #expect(outcome.code == 0 && outcome.output.contains(finding), "\(outcome)")
            #expect(!outcome.output.contains("NOT"))
        }
        #expect([0, 3].contains(try program.run("resume", "s", "--quiet").code))
        #expect(try program.run("explain", "s", "--pull", "2").output.contains("the same decision"))
    }

    @Test("what they say on standard error is one clean line of the report")
    func cleanEvidence() throws {
        try program.write(
            "#!/bin/sh\nprintf 'no\\033[31m licence\\nfor\\tthis\\r\\033]0;title\\007 machine' >&2\nexit 3\n",
            to: "fails.sh", executable: true)
        let common = ["--bounds", "0,1", "--dimension", "1"]
        let command = ["--", "./fails.sh", "{x}"]
        let report = try program.start(["learn", "--max-pulls", "1"] + common + command).finish()
        let point = try program.start(["evaluate"] + common + command, input: "0\n").finish()
        for text in [report.output, point.errors] {
            #expect(text.contains("no licence for this"), "\(text)")
            #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
        }
    }

    private func waitForLines(_ count: Int, in name: String) throws {
        for _ in 0..<1000 {
            usleep(10_000)
            let text = (try? String(contentsOfFile: program.path(name), encoding: .utf8)) ?? ""
            if text.split(separator: "\n").count >= count { return }
        }
        Issue.record("no \(count) lines of \(name) in time")
    }

    /// Processes of a group, but for those that have ended and wait to be collected by whoever adopted them.
    private func living(inGroup group: pid_t) -> [pid_t] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
        return processes.filter { pid in
            // pid (name) state parent group ...
            guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let fields = status.split(separator: ")").last?.split(separator: " "), fields.count > 2
            else { return false }
            return fields[2] == "\(group)" && fields[0] != "Z"
        }
    }
}
