import Foundation
import Testing

@Suite("Sweeps, as a user makes them")
struct SweepTests {
    private let program: Program

    init() throws { program = try Program() }

    /// Runs a sweep of this manifest.
    private func sweep(_ manifest: String, _ arguments: String...) throws -> Program.Outcome {
        try program.write(manifest, to: "night.yaml")
        return try program.start(["sweep", "night.yaml"] + arguments).finish()
    }

    /// A value of every study of a report, by its name.
    private func each<Value>(_ key: String, _ report: [String: Any]) throws -> [String: Value] {
        let studies = try #require(report["studies"] as? [[String: Any]])
        let pairs = studies.compactMap { study in
            ((study["study"] ?? study["name"]) as? String).flatMap { name in
                (study[key] as? Value).map { (name, $0) }
            }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private static let mixed = """
        name: night
        defaults:
          max-evaluations: 30k
          ceiling: 2k
        studies:
          - problem: [sphere, nist/misra1a]
            price: [1, 2]
          - command: [awk, -v, "a={x0}", "BEGIN { print (a - 1) ^ 2 }"]
            bounds: [-5, 5]
            dimension: 1
            floor: [20]
            ceiling: 40
            max-evaluations: 400
            swarm-sizes: [5, 10]
            confirm: 0
            seed: [3, 4]
        """

    @Test("every study is what learn makes of the same options alone, digest for digest")
    func alone() throws {
        let plan = try sweep(Self.mixed, "--dry-run", "--format", "json")
        let arguments: [String: [String]] = try each("arguments", try plan.json())
        #expect(
            arguments.keys.sorted() == [
                "night-awk-floor20-s3", "night-awk-floor20-s4", "night-misra1a-price1", "night-misra1a-price2",
                "night-sphere-price1", "night-sphere-price2",
            ])
        let swept = try sweep(Self.mixed, "--format", "json", "--quiet")
        #expect([0, 3].contains(swept.code) && swept.errors.isEmpty, "\(swept.errors)")
        let digests: [String: String] = try each("digest", try swept.json())
        #expect(digests.count == 6)
        for (name, words) in arguments {
            let alone = try program.start(
                ["learn", "--study", name, "--ledger", "alone.sqlite", "--format", "json", "--quiet"] + words
            ).finish()
            #expect(try alone.digest() == digests[name], "\(name): \(alone.errors)")
            #expect(try program.run("report", name, "--format", "json").digest() == digests[name])
        }
    }

    /// Studies long enough to be interrupted: ENSO's evaluations are the slowest.
    private static let long = """
        name: long
        studies:
          - problem: nist/enso
            max-evaluations: 60k
            ceiling: 6k
            spend-all: true
            seed: [1, 2]
        """

    private static let isLong = ProcessInfo.processInfo.environment["KNEE_SOAK"] != nil

    /// How they end when nothing comes in between; run once.
    private static let whole = Result {
        let tests = try SweepTests()
        return try withExtendedLifetime(tests) { try tests.sweep(long, "--format", "json", "--quiet") }
    }

    @Test(
        "interrupted or killed and run again, with other workers, it ends as if it had not been",
        arguments: [(SIGINT, 3), (SIGKILL, 1)] + (isLong ? [(SIGINT, 1), (SIGKILL, 3)] : []))
    func interruption(signal: Int32, workers: Int) throws {
        let whole = try Self.whole.get()
        try program.write(Self.long, to: "night.yaml")
        let digests: [String: String] = try each("digest", try whole.json())
        let cut = ["sweep", "night.yaml", "--format", "json", "--quiet", "--workers", "\(workers)"]
        let running = try program.start(cut)
        try program.waitForPulls(4, study: "long-enso-s1")
        try program.waitForPulls(2, study: "long-enso-s2")
        kill(running.process.processIdentifier, signal)
        let outcome = try running.finish()
        if signal == SIGINT {
            #expect(outcome.code == 130 && outcome.errors.contains("knee sweep night.yaml"), "\(outcome.errors)")
            let stops: [String: String] = try each("stop", try outcome.json())
            #expect(stops == ["long-enso-s1": "interrupted", "long-enso-s2": "interrupted"])
            #expect(try each("digest", try outcome.json()) != digests)
        }
        // Both have had their turns.
        let pulls = try program.run("export", "long-enso-s2").output
        #expect(pulls.split(separator: "\n").count > 2, "\(pulls)")
        let resumed = try program.start(cut.dropLast() + ["2"]).finish()
        #expect(resumed.code == whole.code, "\(resumed.errors)")
        #expect(try each("digest", try resumed.json()) == digests)
    }

    @Test("time stops it with a report of what there is; the same command goes on")
    func deadline() throws {
        let whole = try Self.whole.get()
        let cut = try sweep(Self.long, "--max-time", "0.2s", "--format", "json", "--quiet")
        #expect(cut.code == 3, "\(cut.errors)")
        let stops: [String: String] = try each("stop", try cut.json())
        #expect(stops.values.allSatisfy { ["time", "purse"].contains($0) }, "\(stops)")
        #expect(try sweep(Self.long, "--max-time", "0.001s", "--quiet").output.contains("not yet sure"))
        let digests: [String: String] = try each("digest", try whole.json())
        #expect(try each("digest", try sweep(Self.long, "--format", "json", "--quiet").json()) == digests)
    }

    @Test("a study that was extended by itself keeps what it was given")
    func extended() throws {
        let manifest = "name: x\nstudies: [{problem: sphere, dimension: 2, ceiling: 2k, max-pulls: 20}]"
        #expect([0, 3].contains(try sweep(manifest, "--quiet").code))
        let extended = try program.run("extend", "x-sphere", "--pulls", "12", "--format", "json", "--quiet").digest()
        let again = try sweep(manifest, "--format", "json", "--quiet")
        #expect(try each("digest", try again.json()) == ["x-sphere": extended], "\(again.errors)")
        let more = try sweep(manifest.replacing("20", with: "30"), "--quiet")
        #expect(more.code == 2 && more.errors.contains("--max-pulls"), "\(more.errors)")
    }

    @Test("what is planned is printed, and nothing is written")
    func dryRun() throws {
        let plan = try sweep(Self.mixed, "--dry-run")
        #expect(plan.code == 0 && plan.output.hasPrefix("night: 6 studies\n"))
        #expect(plan.output.contains("120,800 evaluations still to spend"), "\(plan.output)")
        #expect(!FileManager.default.fileExists(atPath: program.path("runs")))
        #expect(try sweep(Self.mixed, "--report").code == 5)
        #expect(!FileManager.default.fileExists(atPath: program.path("runs")))
    }

    @Test("a command that keeps failing, or cannot be started, stops only those that ask it; the report tells")
    func failing() throws {
        try program.write("#!/bin/sh\necho no licence >&2\nexit 3\n", to: "bad.sh", executable: true)
        try program.write("", to: "file")
        let manifest = """
            name: mixed
            defaults: { max-evaluations: 4k, ceiling: 1k }
            studies:
              - { name: broken, command: [./bad.sh, "{x}"], bounds: [0, 1], dimension: 1, seed: [1, 2] }
              - { name: homeless, command: [echo, "{x}"], bounds: [0, 1], dimension: 1, work-dir: file/under }
              - { problem: sphere, dimension: 2, floor: 125 }
            """
        let outcome = try sweep(manifest, "--quiet")
        #expect(outcome.code == 4, "\(outcome.errors)")
        #expect(outcome.output.contains("what went wrong") && outcome.output.contains("no licence"))
        #expect(outcome.output.contains("file/under"), "\(outcome.output)")
        #expect(outcome.lines.allSatisfy { $0.count <= 80 })
        let report = try sweep(manifest, "--report", "--format", "json").json()
        let stops: [String: String] = try each("stop", report)
        #expect(
            stops["mixed-broken-bad.sh-s1"] == "objectiveFails" && stops["mixed-broken-bad.sh-s2"] == "objectiveFails")
        #expect(["sure", "purse"].contains(stops["mixed-sphere"]), "\(stops)")
    }

    @Test("the report fits 80 columns, is kept beside the ledger, and is printed again without running anything")
    func report() throws {
        let manifest = """
            name: wide
            studies:
              - name: studies-with-a-name-that-is-quite-long
                problem: rastrigin
                dimension: [2]
                max-evaluations: [12k, 20k]
                topologies: [[global], [global, ring]]
                ceiling: 3k
            """
        let outcome = try sweep(manifest)
        #expect([0, 3].contains(outcome.code), "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("sweep wide: 4 studies"))
        for line in outcome.lines { #expect(line.count <= 80, "\(line)") }
        #expect(try String(contentsOfFile: program.path("runs/wide/report.txt"), encoding: .utf8) == outcome.output)
        let tables = try [outcome.output, sweep(manifest, "--report").output].map { text in
            text.components(separatedBy: "\n").filter { !$0.hasPrefix("  this run") }
        }
        #expect(tables[0] == tables[1] && tables[0].count > 6)
        // A study that was begun with other options is named before anything runs.
        let drift = try sweep(manifest.replacing("ceiling: 3k", with: "ceiling: 4k\n    floor: 250"))
        #expect(drift.code == 2 && drift.errors.contains("--floor") && drift.errors.contains("wide-studies"))
        let other = try sweep(manifest.replacing("ceiling: 3k", with: "ceiling: 3k\n    spend-all: true"), "--report")
        #expect(other.code == 2 && other.errors.contains("--spend-all"), "\(other.errors)")
    }

    @Test(
        "a manifest that cannot be used is told in one line: file, study, line and what is wrong",
        arguments: [
            ("studies: [{problem: sphere}]", "it has no name"),
            ("name: a/b\nstudies: [{problem: sphere}]", "the name 'a/b' cannot be used"),
            ("name: x", "there are no studies"), ("- x", "the file has to be a mapping"),
            ("", "the file has to be a mapping"),
            ("name: x\nname: y\nstudies: [{problem: sphere}]", "line 1: a key is there twice: name"),
            ("name: x\nstudies:\n  - problem: sphere\n   seed: 1", "line 4: "),
            ("name: x\nstudys: []", "line 2: there is no key 'studys'. Did you mean 'studies'?"),
            ("name: x\nstudies: [word]", "study 1 (line 2): a study has to be a mapping"),
            (
                "name: x\nstudies:\n- problem: sphere\n- problm: sphere",
                "study 2 (line 4): there is no key 'problm'. Did"
            ),
            ("name: x\nstudies: [{problem: spheer}]", "Did you mean 'sphere'?"),
            ("name: x\nstudies: [{problem: --help}]", "there is no problem '--help'"),
            ("name: x\nstudies: [{problem: sphere, dimension: [2, 2x]}]", "--dimension: '2x' is not a whole number"),
            ("name: x\nstudies: [{problem: sphere, max-time: 1h}]", "there is no key 'max-time'"),
            ("name: x\nstudies: [{problem: sphere, seed: {a: 1}}]", "'seed' takes words and numbers"),
            ("name: x\nstudies: [{problem: sphere, seed: []}]", "the list of 'seed' is empty"),
            ("name: x\nstudies: [{problem: sphere, seed: [1, 1]}]", "has a value twice"),
            ("name: x\nstudies: [{problem: sphere, price: [[1]]}]", "'price' takes a value or a list"),
            ("name: x\nstudies: [{problem: sphere, spend-all: yes}]", "true or false, not 'yes'"),
            ("name: x\nstudies: [{problem: sphere, rules: ['a,b', c]}]", "'a,b' in the list of 'rules' has a comma"),
            ("name: x\nstudies: [{problem: '${P}'}]", "nothing is filled in for '${'"),
            ("name: x\nstudies: [{problem: sphere}, {problem: sphere, seed: 2}]", "'x-sphere', as one of study 1"),
            ("name: x\nstudies: [{problem: sphere}, {problem: sphere, seed: [1]}]", "the same as study 'x-sphere'"),
            ("name: x\nstudies: [{command: [no-such, '{x}'], bounds: '0,1', dimension: 1, max-pulls: 1}]", "'no-such'"),
            ("name: x\nstudies: [{command: [echo, '{x}'], bounds: '0,1', dimension: 1}]", "a command needs a limit"),
            ("name: x\nstudies: [{problem: sphere, warm: none}]", "no ledger"),
        ])
    func bad(manifest: String, sentence: String) throws {
        let outcome = try sweep(manifest)
        #expect(outcome.code == 2, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("knee: night.yaml") && outcome.errors.contains(sentence), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.output.isEmpty, "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: program.path("runs")))
    }

    @Test("every option of learn that decides a study is a key, and the page of the schema has them all")
    func keys() throws {
        let help = try program.run("learn", "--help").output
        let options = Set(help.matches(of: /^ +--([a-z-]+)/.anchorsMatchLineEndings()).map { String($0.1) })
        let running: Set = [
            "workers", "format", "quiet", "ledger", "study", "resume", "force-new", "max-time", "until", "version",
            "page", "no-page",
        ]
        let known = try #require(try sweep("name: x\nstudies: [{none: 1}]").errors.firstMatch(of: /Known: (.*)\./))
        let keys = Set(known.1.components(separatedBy: ", "))
        #expect(options.count > 30 && keys == options.subtracting(running).union(["name", "problem", "command"]))
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../docs/sweep.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        for key in keys { #expect(text.contains("`\(key)`"), "\(key)") }
    }

    @Test("the example is a plan of eleven studies")
    func example() throws {
        let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../Examples/night.yaml")
        let plan = try program.run("sweep", example.path, "--dry-run")
        #expect(plan.code == 0 && plan.output.hasPrefix("night: 11 studies\n"), "\(plan.errors)")
    }
}
