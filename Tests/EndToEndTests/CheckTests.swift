import Foundation
import Testing

@Suite("knee check")
struct CheckTests {
    private let program: Program

    init() throws { program = try Program() }

    private func check(_ arguments: String...) throws -> Program.Outcome {
        try program.start(["check", "--bounds", "-4,8", "--dimension", "2"] + arguments).finish()
    }

    @Test("shows what is sent, received and understood, at the centre and a random point, twice each")
    func shows() throws {
        try program.write("#!/bin/sh\necho log >&2\necho working\necho \"$1\"\n", to: "first.sh", executable: true)
        let plain = try check("--", "./first.sh", "{x}")
        #expect(plain.code == 0 && plain.errors.isEmpty, "\(plain)")
        #expect(plain.output.contains("answers, the same each time") && plain.output.contains("it is deterministic"))
        #expect(plain.output.components(separatedBy: "sent      ./first.sh 2.0 2.0").count == 3)
        #expect(plain.output.contains("\n  centre      sent") && plain.output.contains("\n  random 2    sent"))
        #expect(plain.output.components(separatedBy: "received  working 2.0").count == 3)
        #expect(plain.output.components(separatedBy: "on stderr log").count == 5)
        #expect(plain.output.components(separatedBy: "means     2.0").count == 3)
        try program.write(
            #"""
            #!/bin/sh
            while read -r line; do id=${line#*:}; echo "{\"id\":${id%%,*},\"value\":[0.5]}"; done
            """#, to: "worker.sh", executable: true)
        let lines = try check("--protocol", "jsonl", "--", "./worker.sh")
        #expect(lines.code == 0 && lines.output.contains(#"sent      {"id":1,"x":[[2.0,2.0]],"seed":["#), "\(lines)")
        #expect(lines.output.contains(#"received  {"id":1,"value":[0.5]}"#))
        let here = try program.run("check", "rastrigin", "--dimension", "2")
        #expect(here.code == 0 && here.output.contains("it is deterministic"))
    }

    @Test("finds out whether the same point has one value, and says what to do")
    func determinism() throws {
        let noise = ["--", "awk", "-v", "s={seed}", "-v", "a={x0}", "BEGIN { srand(s); print a + rand() }"]
        let noisy = try program.start(["check", "--bounds", "-4,8", "--dimension", "2"] + noise).finish()
        #expect(noisy.code == 0 && noisy.output.contains("not the same each time"))
        #expect(noisy.output.contains("no, it is noisy: say --noisy"))
        let said = try program.start(["check", "--noisy", "--bounds", "-4,8", "--dimension", "2"] + noise).finish()
        #expect(said.output.contains("no, and --noisy says so"))
        let built = try program.run("check", "noisy-sphere")
        #expect(built.code == 0 && built.output.contains("no, and"))
    }

    @Test("a command that fails is shown with its evidence; exit code 4 if nothing was answered")
    func failures() throws {
        let fails = try check("--", "sh", "-c", "echo oops >&2; exit 3", "{x}")
        #expect(fails.code == 4 && fails.output.contains("does not answer"))
        #expect(fails.output.contains("means     failed: exit code 3; standard error: oops"))
        #expect(fails.output.contains("sent      sh -c 'echo oops >&2; exit 3' 2.0 2.0"))
        let half = try check("--", "sh", "-c", "[ $0 = 2.0 ] && echo 1", "{x}")
        #expect(half.code == 0 && half.output.contains("answers 2 of 4 times"))
        let never = try check("--eval-timeout", "0.2s", "--", "sh", "-c", "sleep 60", "{x}")
        #expect(never.code == 4 && never.output.contains("timedOut: ended after 0.2 seconds"))
        let missing = try check("--", "no-such-command", "{x}")
        #expect(missing.code == 2 && missing.errors == "knee: there is no command 'no-such-command'.\n")
        let nan = try check("--", "echo", "nan", "{x0}", "x")
        #expect(nan.code == 4)
    }

    @Test("a worker that answers the request before is found out; Ctrl-C ends a wait")
    func waits() throws {
        try program.write(
            #"""
            #!/bin/sh
            while read -r line; do echo '{"id":1,"value":[0.5]}'; done
            """#, to: "old.sh", executable: true)
        let old = try check("--protocol", "jsonl", "--eval-timeout", "5s", "--", "./old.sh")
        #expect(old.code == 0 && old.output.contains("of 4 times"), "\(old)")
        try program.write("#!/bin/sh\necho $$ >> pids\nsleep 60\n", to: "slow.sh", executable: true)
        let running = try program.start(["check", "--bounds", "0,1", "--dimension", "1", "--", "./slow.sh", "{x}"])
        #expect(!program.awaitPids(in: "pids").isEmpty)
        running.process.interrupt()
        let ended = try running.finish()
        #expect(ended.code == 130 && ended.errors.isEmpty && ended.output.contains("spoken to"), "\(ended)")
    }

    @Test("bad limits are refused by a sentence")
    func badLimits() throws {
        for (flags, words) in [
            (["--eval-timeout", "soon"], ["'soon'", "30s"]), (["--memory-limit", "much"], ["'much'", "512M"]),
            (["--memory-limit", "12"], ["'12'"]), (["--max-output", "-1M"], ["'-1M'"]),
            (["--retries", "-1"], ["'-1'"]), (["--env", "=x"], ["'=x'", "NAME=VALUE"]),
            (["--env", "A B=x"], ["'A B=x'"]),
            (["--work-dir", ""], ["--work-dir"]),
            (["--protocol", "smack"], ["'smack'", "smac"]),
        ] {
            let outcome = try program.start(
                ["check", "--bounds", "0,1", "--dimension", "1"] + flags + ["--", "echo", "{x}"]
            ).finish()
            #expect(outcome.code == 2, "\(flags): \(outcome)")
            for word in words { #expect(outcome.errors.contains(word), "\(flags): \(outcome.errors)") }
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
        let builtIn = try program.run("check", "sphere", "--retries", "2")
        #expect(builtIn.code == 2 && builtIn.errors.contains("--retries is for commands"))
    }
}
