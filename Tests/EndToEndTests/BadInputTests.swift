import Foundation
import Testing

/// Every wrong use ends with its exit code and one clear sentence, and loses nothing.
@Suite("Bad input")
struct BadInputTests {
    private let program: Program

    init() throws { program = try Program() }

    /// Checks code and sentence; a sentence is one line.
    private func refused(_ arguments: [String], code: Int32 = 2, saying words: [String], input: String = "") throws {
        let outcome = try program.start(arguments, input: input).finish()
        #expect(outcome.code == code, "\(arguments): \(outcome.errors)")
        for word in words { #expect(outcome.errors.contains(word), "\(arguments): \(outcome.errors)") }
        #expect(outcome.errors.hasPrefix("knee: "), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.output.isEmpty, "\(outcome.errors)")
    }

    @Test("a name that does not exist is told with what does and the nearest")
    func unknownNames() throws {
        try refused(["learn", "thurber"], saying: ["Did you mean 'nist/thurber'?"])
        try refused(["learn", "nist/mgh9"], saying: ["'nist/mgh9'", "Did you mean 'nist/mgh09'?", "rastrigin"])
        try refused(
            ["learn", "sphere", "--topologies", "rnig"], saying: ["topology", "'rnig'", "'ring'", "vonNeumann"])
        try refused(["learn", "sphere", "--inertias", "0.5,constnat"], saying: ["'constnat'", "'constant'"])
        try refused(["learn", "sphere", "--inertias", "1.5"], saying: ["'1.5'", "from 0 to 1"])
        try refused(["learn", "sphere", "--policy", "tompson"], saying: ["'tompson'", "'thompson'", "uniform"])
        try refused(["learn", "sphere", "--rules", "bare"], saying: ["'bare'", "bareBones"])
        try refused(["run", "sphere", "--boundary", "clmp"], saying: ["'clmp'", "'clamp'"])
        try refused(
            [
                "learn", "--bounds", "0,1", "--dimension", "1", "--max-pulls", "1", "--protocol", "json", "--", "true",
                "{x}",
            ], saying: ["'json'", "'jsonl'", "plain"])
        try refused(["list", "topologyes"], saying: ["'topologyes'", "Did you mean 'topologies'?", "problems"])
        try refused(["learn", "sphere", "--format", "jsno"], saying: ["'jsno'", "Did you mean 'json'?", "text"])
        try refused(["export", "s", "--format", "xml"], saying: ["'xml'", "csv"])
        try refused(["lern", "sphere"], saying: ["lern"])
        try refused(["learn", "sphere", "--sede", "1"], saying: ["--sede", "--seed"])
        try refused(["learn", "sphere", "--seed"], saying: ["--seed"])
        try refused(["report"], saying: ["<study>"])
    }

    @Test("a number beyond what a machine can do is told its limit, and nothing is begun")
    func beyond() throws {
        let command = ["--max-pulls", "1", "--", "true", "{x}"]
        for (arguments, words) in [
            (["learn", "sphere", "--max-time", "1e300"], ["'1e300'", "ten years"]),
            (["learn", "sphere", "--max-time", "11000d"], ["'11000d'", "ten years"]),
            (["learn", "sphere", "--workers", "1e12"], ["'1e12'", "1 to 4096"]),
            (["run", "sphere", "--workers", "4097"], ["'4097'", "1 to 4096"]),
            (["run", "sphere", "--iterations", "9e13", "--swarm-size", "100000"], ["--iterations", "1e15"]),
            (["run", "sphere", "--iterations", "9e14", "--swarm-size", "100k"], ["--iterations", "1e15"]),
            (
                ["run", "sphere", "--dimension", "10000", "--swarm-size", "100000", "--evaluations", "10"],
                ["100000 particles in 10000 dimensions"]
            ),
            (
                ["learn", "sphere", "--dimension", "10000", "--swarm-sizes", "5,100k"],
                ["100000 particles in 10000 dimensions"]
            ),
            (["learn", "--bounds", "-1,1", "--dimension", "1e14"] + command, ["100000000000000", "10000"]),
        ] {
            try refused(arguments, saying: words)
        }
        #expect(!FileManager.default.fileExists(atPath: program.path("runs/knee.sqlite")))
    }

    @Test(
        "a number that cannot be is told with what can",
        arguments: [
            (["--max-evaluations", "many"], "'many'"), (["--max-evaluations", "0"], "at least 1"),
            (["--max-evaluations", "-5"], "'-5'"),
            (["--max-evaluations", "1.5"], "'1.5'"), (["--seed", "x"], "'x'"), (["--price", "0"], "'0'"),
            (["--price", "nan"], "'nan'"),
            (["--max-time", "soon"], "'soon'"), (["--until", "25:00"], "'25:00'"), (["--dimension", "0"], "'0'"),
            (["--swarm-sizes", "5,,8"], "'5,,8'"), (["--swarm-sizes", "5,x"], "'x'"), (["--instance", "-1"], "'-1'"),
            (["--workers", "0"], "'0'"), (["--floor", "3"], "'3'"), (["--ceiling", "100", "--floor", "200"], "'100'"),
            (["--swarm-sizes", "5,5"], "twice"), (["--max-evaluations", "100"], "least budget"),
            (["--total", "10"], "--total 10"),
            (["--price", "1", "--total", "20k"], "one of --price, --total and --target"),
            (["--target", "1", "--total", "20k"], "one of --price, --total and --target"),
            (["--target", "nan"], "'nan' is not a value"), (["--confirm", "1"], "neither 0 nor"),
            (["--target", "1", "--policy", "racing"], "knows only prices"),
            (["--cost", "second"], "Did you mean 'seconds'?"),
            (["--cost", "seconds", "--total", "20k"], "--total counts evaluations"),
            (["--dimension", "20000"], "10000"),
            (["--format", "xml"], "xml"),
        ])
    func numbers(flags: [String], word: String) throws {
        try refused(["learn", "sphere"] + flags, saying: [word])
        #expect(!FileManager.default.fileExists(atPath: program.path("runs/knee.sqlite")), "nothing was begun")
    }

    @Test(
        "bounds that make no box",
        arguments: [
            (["--bounds", "5,-5", "--dimension", "2"], "below the upper"),
            (["--bounds", "1,1", "--dimension", "2"], "below the upper"),
            (["--bounds", "0,inf", "--dimension", "2"], "finite"),
            (["--bounds", "nan,1", "--dimension", "2"], "finite"),
            (["--bounds", "0", "--dimension", "2"], "LOW,HIGH"),
            (["--bounds", "0,1,2", "--dimension", "2"], "LOW,HIGH"),
            (["--bounds", "a,b", "--dimension", "2"], "'a,b'"), (["--bounds", "0,1"], "--dimension"),
            (["--dimension", "2"], "--bounds"),
            (["--bounds-file", "none.txt"], "none.txt"),
            (["--bounds-file", "three.txt", "--dimension", "2"], "3 coordinates"),
            (["--bounds-file", "words.txt"], "line 2"), (["--bounds-file", "reversed.txt"], "coordinate 1"),
            (["--bounds-file", "empty.txt"], "empty"),
        ])
    func bounds(flags: [String], word: String) throws {
        try program.write("0 1\n0 1 # a comment\n\n-1,1\n", to: "three.txt")
        try program.write("0 1\nlow high\n", to: "words.txt")
        try program.write("0 1\n2 1\n", to: "reversed.txt")
        try program.write("# nothing\n", to: "empty.txt")
        try refused(["learn"] + flags + ["--max-pulls", "1", "--", "true", "{x}"], saying: [word])
    }

    @Test("bounds whose lines end as Windows ends them are bounds")
    func carriageReturns() throws {
        try program.write("0 1\r\n# a comment\r\n-1,1\r\n", to: "windows.txt")
        try program.write("#!/bin/sh\necho $2\n", to: "second.sh", executable: true)
        let outcome = try program.run(
            "evaluate", "--bounds-file", "windows.txt", "--", "./second.sh", "{x}", input: "0 0.25\n")
        #expect(outcome.output == "0.25\n", "\(outcome.errors)")
    }

    @Test("commands that cannot be")
    func commands() throws {
        let common = ["learn", "--bounds", "0,1", "--dimension", "2", "--max-pulls", "1", "--"]
        try refused(common + ["no-such-command", "{x}"], saying: ["'no-such-command'"])
        try refused(common + ["./no-such-file", "{x}"], saying: ["'./no-such-file'"])
        try program.write("#!/bin/sh\n", to: "plain.sh")
        try refused(common + ["./plain.sh", "{x}"], saying: ["'./plain.sh'", "chmod"])
        try refused(common + ["echo", "{x2}"], saying: ["{x2}", "{x0} to {x1}"])
        try refused(common + ["echo", "p={x}"], saying: ["'p={x}'"])
        try refused(common + ["echo", "{y}"], saying: ["{y}", "{seed}"])
        try refused(common + ["echo '{x}"], saying: ["quote"])
        try refused(common + ["echo", "1"], saying: ["never sees the point", "'plain'", "{x}"])
        try refused(common + ["echo", "{seed}", "{dim}"], saying: ["never sees the point"])
        try refused(
            ["learn", "--bounds", "0,1", "--dimension", "2", "--", "echo", "{x}"],
            saying: ["needs a limit", "--max-evaluations"])
        try refused(["learn", "sphere", "--max-pulls", "1", "--", "echo"], saying: ["'sphere'"])
        try refused(["learn", "sphere", "--bounds", "0,1"], saying: ["--bounds", "'sphere'"])
        try refused(["learn"], saying: ["list problems"])
    }

    @Test("ledgers that cannot be used, each left as it is")
    func ledgers() throws {
        try program.write("this is a text file and no database at all", to: "text.sqlite")
        try refused(["learn", "sphere", "--ledger", "text.sqlite"], code: 5, saying: ["text.sqlite", "not a ledger"])
        #expect(try String(contentsOfFile: program.path("text.sqlite"), encoding: .utf8).hasPrefix("this is a text"))
        try refused(["status"], code: 5, saying: ["runs/knee.sqlite", "no ledger"])
        try refused(["report", "x", "--ledger", "none.sqlite"], code: 5, saying: ["none.sqlite"])

        _ = try program.run(
            "learn", "sphere", "--max-pulls", "2", "--ceiling", "1300", "--quiet", "--ledger", "k.sqlite")
        let newer = try #require(FileManager.default.contents(atPath: program.path("k.sqlite")))
        // user_version is the big-endian integer at offset 60 of a SQLite file.
        var bytes = newer
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        try bytes.write(to: URL(fileURLWithPath: program.path("newer.sqlite")))
        for command in [["learn", "sphere"], ["status"], ["resume", "sphere-1"]] {
            try refused(command + ["--ledger", "newer.sqlite"], code: 5, saying: ["version 99", "newer knee"])
        }
    }

    @Test("a ledger that is read-only cannot be learned into, but read")
    func readOnly() throws {
        let study = try program.run(
            "learn", "sphere", "--max-pulls", "2", "--ceiling", "1300", "--quiet", "--ledger", "k.sqlite")
        // Permissions do not bind root, who therefore asks as somebody else, from a place that everybody may read.
        try FileManager.default.copyItem(atPath: Program.executable, toPath: program.path("knee"))
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: program.path("k.sqlite"))
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: program.folder)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.folder) }
        let disguise = geteuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []
        func ask(_ arguments: [String]) throws -> (code: Int32, output: String, errors: String) {
            let (process, output, errors) = (Process(), Pipe(), Pipe())
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = disguise + [program.path("knee")] + arguments + ["--ledger", program.path("k.sqlite")]
            (process.standardOutput, process.standardError) = (output, errors)
            try process.run()
            process.waitUntilExit()
            let text = { (pipe: Pipe) in
                String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            }
            return (process.terminationStatus, text(output), text(errors))
        }
        let refused = try ask(["learn", "sphere"])
        #expect(refused.code == 5 && refused.errors.contains("read-only") && refused.output.isEmpty, "\(refused)")
        let status = try ask(["status"])
        #expect(status.code == 0 && status.output.contains("sphere-1"), "\(status)")
        #expect(!study.output.isEmpty)
    }

    @Test("a study name that is taken, unknown or no name")
    func studyNames() throws {
        let study = ["learn", "sphere", "--max-pulls", "2", "--ceiling", "1300", "--quiet", "--study", "mine"]
        let first = try program.start(study).finish()
        let before = try program.run("report", "mine")
        try refused(study, saying: ["'mine'", "knee resume mine"])
        #expect(try program.run("report", "mine").output == before.output && !first.output.isEmpty)
        try refused(["learn", "sphere", "--study", "two words"], saying: ["'two words'"])
        for command in [
            ["report", "mien"], ["resume", "mien"], ["explain", "mien", "--pull", "0"], ["export", "mien"],
            ["run", "--as", "mien"],
        ] {
            try refused(command, saying: ["'mien'", "Did you mean 'mine'?"])
        }
        try refused(["explain", "mine", "--pull", "7"], saying: ["no finished search 7", "0 to 1"])
        // Resumed with another value of what decides its results.
        try refused(study + ["--resume", "--seed", "8", "--price", "2"], saying: ["--seed", "--price"])
        try refused(["learn", "sphere", "--resume"], saying: ["--study"])
        try refused(["learn", "sphere", "--force-new"], saying: ["--resume"])
        try refused(
            ["run", "--as", "mine", "--swarm-size", "4"], saying: ["settings of study 'mine'", "--swarm-size"])
        for flag in [
            ["--dimension", "7"], ["--instance", "5"], ["--noisy"], ["--bounds", "3,4"], ["--bounds-file", "f"],
            ["--protocol", "jsonl"], ["--batch", "3"],
        ] {
            try refused(["run", "--as", "mine"] + flag, saying: ["problem of study 'mine'", flag[0]])
        }
    }

    @Test("points that are none")
    func points() throws {
        let command = ["evaluate", "sphere", "--dimension", "2"]
        let short = try program.start(command, input: "1 2\n1\n").finish()
        #expect(short.code == 2 && short.errors.contains("line 2") && short.errors.contains("2 finite numbers"))
        #expect(short.output.split(separator: "\n").count == 1, "line 1 is answered")
        for line in ["1 2 3", "a b", "nan 1", "1 inf"] {
            #expect(try program.start(command, input: line + "\n").finish().code == 2)
        }
    }

    @Test("help and version are no errors")
    func help() throws {
        for arguments in [["--help"], ["learn", "--help"], ["help", "run"], ["--version"]] {
            let outcome = try program.start(arguments).finish()
            #expect(outcome.code == 0 && !outcome.output.isEmpty && outcome.errors.isEmpty)
            #expect(outcome.lines.allSatisfy { $0.count <= 80 })
        }
        #expect(try program.run("--version").output == "0.1.0\n")
    }
}
