import Foundation
import Testing

@Suite("Objectives that misbehave")
struct HostileStudyTests {
    private let program: Program

    init() throws { program = try Program() }

    private let space = [
        "--bounds", "-5,5", "--dimension", "2", "--floor", "25", "--ceiling", "200", "--swarm-sizes", "5,10",
        "--inertias", "0.7298", "--topologies", "global", "--quiet", "--format", "json", "--spend-all", "--confirm",
        "0",
    ]

    /// The program `hostile` that was built beside this one.
    private var hostile: String {
        URL(fileURLWithPath: Program.executable).deletingLastPathComponent().appendingPathComponent("hostile").path
    }

    /// The failed evaluations that the ledger holds one by one.
    private func failed(of study: String) throws -> [[String: Any]] {
        let pulls = try #require(
            try program.run("export", study, "--format", "json").json()["pulls"] as? [[String: Any]])
        return pulls.flatMap { $0["failed"] as? [[String: Any]] ?? [] }
    }

    @Test("two thousand hostile evaluations end in a verdict, the purse is met exactly, and nothing is left running")
    func twoThousand() throws {
        // Every start of a process is a line; the copy's name tells its processes from others.
        let name = "h" + UUID().uuidString.prefix(12).lowercased()
        try FileManager.default.copyItem(atPath: hostile, toPath: program.path(name))
        let script = "echo >> '\(program.path("started"))'; exec '\(program.path(name))' plain mixed \"$@\""
        let learned = try program.start(
            ["learn", "--study", "s", "--max-evaluations", "2000", "--eval-timeout", "1s"] + space
                + ["--", "sh", "-c", script, "sh", "{x}"]
        ).finish()
        #expect([0, 3].contains(learned.code), "\(learned.errors)")
        let report = try learned.json()
        let spent = try #require(report["spent"] as? [String: Any])
        #expect(report["verdict"] != nil && spent["evaluations"] as? Int == 2000)
        let outcomes = try #require(spent["outcomes"] as? [String: Int])
        // On a busy machine one may be given up before it has come to write its line.
        let started = try String(contentsOfFile: program.path("started"), encoding: .utf8).count
        #expect((2000 - (outcomes["timedOut"] ?? 0)...2000).contains(started), "\(started)")
        #expect(Set(outcomes.keys) == ["undefined", "failed", "timedOut", "unparsable"])
        #expect(outcomes.values.reduce(0, +) == spent["failures"] as? Int)
        let failures = try failed(of: "s")
        #expect(failures.count == spent["failures"] as? Int)
        #expect(failures.allSatisfy { ($0["point"] as? [Double])?.count == 2 })
        let unanswered = failures.filter { $0["outcome"] as? String != "undefined" }
        #expect(unanswered.allSatisfy { ($0["evidence"] as? String)?.isEmpty == false })
        #expect(
            try program.run("export", "s", "--failures").output.hasPrefix(
                "study,number,evaluation,outcome,evidence,point\n"))
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { process in
            let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            return status?.contains("(\(name)) ") == true && status?.contains("(\(name)) Z") == false
        }
        #expect(processes == [])
    }

    @Test("failures are tried again as often as is said, and every try is charged")
    func retries() throws {
        try program.write(
            """
            #!/bin/sh
            echo >> started
            case $3 in *[02468]) echo "$1" ;; *) exit 3 ;; esac
            """, to: "even.sh", executable: true)
        let learned = try program.start(
            ["learn", "--study", "s", "--max-evaluations", "400", "--retries", "1", "--abort-after", "never"] + space
                + ["--", "./even.sh", "{x}", "{seed}"]
        ).finish()
        #expect([0, 3].contains(learned.code), "\(learned.errors)")
        let spent = try #require(try learned.json()["spent"] as? [String: Any])
        #expect(spent["evaluations"] as? Int == 400)
        #expect(try String(contentsOfFile: program.path("started"), encoding: .utf8).count == 400)
        // Half of all seeds are odd; far from half has a chance of one in a million.
        let failures = try #require(spent["failures"] as? Int)
        #expect((150...250).contains(failures), "\(failures)")
        // Half of the points fail, and half of those again.
        let points = try failed(of: "s").compactMap { $0["point"] as? [Double] }
        let lost = Set(points).filter { point in points.count { $0 == point } == 2 }.count
        #expect((30...110).contains(lost), "\(lost)")
    }

    @Test(
        "an outage ends the study with exit code 4 and how to ask by hand; resumed, it ends as if there had been none")
    func outage() throws {
        // Out of reach from the 151st evaluation on, while it is armed: every search is longer than the patience.
        try program.write(
            """
            #!/bin/sh
            echo >> "$LOG"
            [ -e armed ] && [ $(wc -l < "$LOG") -gt 150 ] && echo "no licence" >&2 && exit 3
            echo "$1 $2" | awk '{ print ($1 - 1) ^ 2 + ($2 + 2) ^ 2 }'
            """, to: "bowl.sh", executable: true)
        let study = ["learn", "--max-evaluations", "800", "--abort-after", "7", "--workers", "1", "--env"]
        let command = ["--", "./bowl.sh", "{x}"]
        let whole = try program.start(study + ["LOG=whole", "--study", "whole"] + space + command).finish()
        #expect([0, 3].contains(whole.code), "\(whole.errors)")
        try program.write("", to: "armed")
        let hit = try program.start(study + ["LOG=hit", "--study", "hit"] + space + command).finish()
        #expect(hit.code == 4 && hit.errors.contains("knee resume hit"), "\(hit.errors)")
        let outage = try #require(try hit.json()["outage"] as? [String: Any])
        #expect(
            outage["requests"] as? Int == 7
                && outage["evidence"] as? String == "exit code 3; standard error: no licence")
        let byHand = try #require(outage["byHand"] as? String)
        #expect(byHand.hasPrefix("env LOG=hit ./bowl.sh ") && byHand.split(separator: " ").count == 5)
        #expect(try program.run("report", "hit").output.contains("by hand     env LOG=hit ./bowl.sh "))
        #expect(try program.run("status").output.contains("objective fails"))
        #expect(try program.run("resume", "hit", "--quiet", "--abort-after", "2").code == 4)
        try FileManager.default.removeItem(atPath: program.path("armed"))
        let resumed = try program.run("resume", "hit", "--quiet", "--format", "json")
        #expect(resumed.code == whole.code, "\(resumed.errors)")
        #expect(try resumed.digest() == whole.digest())
    }

    @Test("a command that never answers ends at once, before anything is recorded", arguments: ["learn", "run"])
    func neverAnswers(_ verb: String) throws {
        try program.write("#!/bin/sh\necho >> asked\necho 'no such file' >&2\nexit 2\n", to: "bad.sh", executable: true)
        let limit = verb == "learn" ? ["--max-evaluations", "1000", "--study", "s"] : []
        let outcome = try program.start(
            [verb, "--bounds", "-5,5", "--dimension", "2"] + limit + ["--", "./bad.sh", "{x}"]
        ).finish()
        #expect(outcome.code == 4)
        let told = outcome.output + outcome.errors
        #expect(told.contains("no such file") && told.contains("./bad.sh "), "\(told)")
        let asked = try String(contentsOfFile: program.path("asked"), encoding: .utf8).count
        #expect((10...30).contains(asked), "\(asked)")
    }

    @Test("an objective whose first points all fail is studied if --abort-after says so")
    func failsAtFirst() throws {
        try program.write(
            "#!/bin/sh\necho >> asked\n[ $(wc -l < asked) -le 30 ] && exit 1\necho \"$1\"\n", to: "late.sh",
            executable: true)
        let outcome = try program.start(
            ["learn", "--max-evaluations", "300", "--abort-after", "never", "--study", "s", "--workers", "1"] + space
                + ["--", "./late.sh", "{x}"]
        ).finish()
        #expect([0, 3].contains(outcome.code), "\(outcome.errors)")
        #expect((try outcome.json()["spent"] as? [String: Any])?["failures"] as? Int == 30)
    }

    @Test("points are answered as they come, and Ctrl-C ends the wait for more")
    func evaluateWaits() throws {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: Program.executable)
        process.arguments = ["evaluate", "--bounds", "-5,5", "--dimension", "1", "--", "echo", "{x0}"]
        process.currentDirectoryURL = URL(fileURLWithPath: program.folder)
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data("2\n".utf8))
        #expect(output.fileHandleForReading.availableData == Data("2.0\n".utf8))
        process.interrupt()
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
    }

    @Test("a noisy command that is not said to be is noticed, and told what to do")
    func noise() throws {
        let command = ["--", "awk", "-v", "a={x0}", "-v", "s={seed}", "BEGIN { srand(s); print a * a + rand() }"]
        let study = ["learn", "--bounds", "-5,5", "--dimension", "1", "--max-evaluations", "800", "--floor", "60"]
        let quiet = try program.start(study + ["--study", "q"] + command).finish()
        #expect(quiet.errors.contains("warning: the same point had the values") && quiet.errors.contains("--noisy"))
        #expect(quiet.output.contains("noise") && quiet.output.contains("--noisy"))
        #expect(try program.run("report", "q").output.contains("noise       the same point had the values"))
        let known = try program.start(study + ["--study", "k", "--noisy"] + command).finish()
        #expect(!known.errors.contains("warning") && !known.output.contains("--noisy"))
        let close = try program.start(
            ["learn", "--floor", "30", "--bounds", "0,1", "--dimension", "1", "--max-evaluations", "400", "--noisy"]
                + command
        ).finish()
        #expect(close.code == 2 && close.errors.contains("--floor of at least 53, not 30"), "\(close)")
        let same = ["--", "awk", "-v", "a={x0}", "BEGIN { print a * a }"]
        let still = try program.start(study + ["--study", "d"] + same).finish()
        #expect(!still.errors.contains("warning") && !still.output.contains("--noisy"))
    }

    @Test("a second signal leaves at once, and takes what evaluates along")
    func secondSignal() throws {
        try program.write(
            "#!/bin/sh\ntrap '' TERM INT\necho $$ >> pids\nwhile :; do sleep 0.1; done\n", to: "deaf.sh",
            executable: true)
        let running = try program.start(
            ["learn", "--bounds", "0,1", "--dimension", "1", "--max-pulls", "3", "--", "./deaf.sh", "{x}"])
        #expect(!program.awaitPids(in: "pids").isEmpty)
        running.process.interrupt()
        usleep(200_000)
        running.process.interrupt()
        #expect(try running.finish().code == 130)
        usleep(100_000)
        for pid in program.pids(in: "pids") {
            let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
            #expect(kill(pid, 0) != 0 || status?.contains(") Z ") == true)
        }
    }
}
