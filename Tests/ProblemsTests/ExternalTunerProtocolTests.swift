import Foundation
import Inner
import Problems
import Testing

/// The protocols of tuners: what a command is told, and what its answers mean.
@Suite(.timeLimit(.minutes(1))) struct ExternalTunerProtocolTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func spoken(_ name: String) throws -> any ProcessProtocol {
        try #require(try ExternalProtocolCatalogue.all.make(name) as? any ProcessProtocol)
    }

    @Test(
        "a command is told seed and point in the tuner's way, after its own words",
        arguments: [
            ("irace", "1 1 7 instance --x0 0.5 --x1 -2.0"), ("smac", "--seed=7 --x0=0.5 --x1=-2.0"),
            ("aclib", "--seed 7 --config -x0 0.5 -x1 -2.0"),
        ])
    func requests(_ name: String, _ words: String) async throws {
        let file = try scratch.script("echo \"$@\" >> \"$here/told\"")
        let evaluator = try await problem([file, "--dim={dim}"], protocolName: name).start(workers: 1)
        _ = await evaluator.evaluate([[0.5, -2]], seeds: [7])
        await evaluator.stop()
        #expect(scratch.lines("told") == ["--dim=2 " + words])
    }

    @Test(
        "who places the seed is not told it again",
        arguments: [
            ("irace", ["9", "{seed}", "data.csv", "--x0", "0.5"]), ("smac", ["9", "{seed}", "data.csv", "--x0=0.5"]),
            ("aclib", ["9", "{seed}", "data.csv", "--config", "-x0", "0.5"]),
        ])
    func placedSeeds(_ name: String, _ expected: [String]) throws {
        let template = try CommandTemplate(["run", "9", "{seed}", "data.csv"])
        let words = expected.map { $0 == "{seed}" ? "7" : $0 }
        #expect(try spoken(name).arguments(template, [0.5], seed: 7) == words)
    }

    @Test(
        "answers are read strictly",
        arguments: [
            ("irace", "0.25", Reading.value(0.25)), ("irace", "0.25 1.5", .value(0.25)),
            ("irace", "Inf", .value(.infinity)),
            ("irace", "1,5", .nothing("neither a cost nor a cost and a time")),
            ("irace", "0.25 1.5 3", .nothing("neither a cost nor a cost and a time")),
            ("irace", "cost 1", .nothing("neither a cost nor a cost and a time")),
            ("smac", "cost=0.5; runtime=0.01; status=SUCCESS; additional_info=a;cost=7", .value(0.5)),
            ("smac", "cost=0.5", .value(0.5)), ("smac", "status=SUCCESS;cost= -1e-3 ", .value(-0.001)),
            ("smac", "status=CRASHED; cost=0.5", .refusal(.failed, "status CRASHED")),
            ("smac", "cost=0; status=TIMEOUT", .refusal(.timedOut, "status TIMEOUT")),
            ("smac", "cost=0; status=MEMORYOUT", .refusal(.overMemory, "status MEMORYOUT")),
            ("smac", "status=SUCCESS", .nothing("no cost")), ("smac", "cost=0,5", .nothing("no cost")),
            ("smac", "cost=1; status=FINE", .nothing("no known status")), ("smac", "0.5", .nothing("no cost")),
            ("aclib", #"Result of this algorithm run: {"status": "SUCCESS", "cost": 0.12}"#, .value(0.12)),
            ("aclib", #"Result of this algorithm run: {"cost": 3, "status": "SUCCESS", "misc": "x"}"#, .value(3)),
            (
                "aclib", #"Result of this algorithm run: {"status": "CRASHED", "cost": 1}"#,
                .refusal(.failed, "status CRASHED")
            ),
            ("aclib", #"Result of this algorithm run: {"status": "SUCCESS"}"#, .nothing("no cost")),
            (
                "aclib", #"Result of this algorithm run: {"status": "SUCCESS", "cost": "0.12"}"#,
                .nothing("no object with a status and a cost")
            ),
            ("aclib", #"{"status": "SUCCESS", "cost": 0.12}"#, .nothing("no 'Result of this algorithm run:'")),
            ("plain", "0.5", .value(0.5)), ("plain", "0x1p3", .nothing("no number")),
        ])
    func answers(_ name: String, _ line: String, _ expected: Reading) throws {
        #expect(try spoken(name).read(line) == expected)
    }

    @Test("a missing number is undefined too")
    func notANumber() throws {
        guard case .value(let value) = try spoken("irace").read("nan") else {
            Issue.record("no value")
            return
        }
        #expect(value.isNaN)
    }

    @Test("standard error is kept apart, and refusals are outcomes")
    func outcomes() async throws {
        func one(_ name: String, _ body: String) async throws -> String {
            try await evaluate(problem([try scratch.script(body)], protocolName: name), [[0, 0]])[0].told
        }
        #expect(try await one("irace", "echo 9 >&2; echo log; echo 2.5 0.1") == "2.5")
        #expect(try await one("irace", "echo Inf") == "undefined")
        #expect(
            try await one("smac", "echo why >&2; echo 'cost=1; status=TIMEOUT'")
                == "timedOut: status TIMEOUT; standard error: why")
        #expect(
            try await one("smac", "echo 'status=SUCCESS'")
                == "unparsable: no cost on the last line of standard output: \"status=SUCCESS\"")
        #expect(try await one("aclib", "echo 'Result of this algorithm run: {\"cost\": 4}'") == "4.0")
    }

    @Test("every protocol has a file and a line in the catalogue, and says how to ask by hand")
    func catalogue() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Problems/External/Protocols")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter {
                $0.hasSuffix("Protocol.swift") && $0 != "ExternalProtocol.swift" && $0 != "ProcessProtocol.swift"
            }
        let entries = ExternalProtocolCatalogue.all.entries
        #expect(files.count == entries.count)
        for entry in entries {
            let spoken = try ExternalProtocolCatalogue.all.make(entry.name)
            #expect(spoken.name == entry.name && spoken.pointsPerCall(batch: 8) >= 1)
            let byHand = spoken.byHand(try CommandTemplate(["run it", "x"]), [0.5], seed: 3)
            #expect(byHand.contains("'run it' x") && byHand.contains(entry.name == "plain" ? "x" : "0.5"))
            // The variables are those of the command, not of what speaks to it.
            let set = spoken.byHand(try CommandTemplate(["run it", "x"]), [0.5], seed: 3, setting: "env A=b ")
            #expect(set == byHand.replacing("'run it' x", with: "env A=b 'run it' x"))
        }
    }
}
