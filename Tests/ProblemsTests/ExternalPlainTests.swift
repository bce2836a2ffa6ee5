import Foundation
import Inner
import Problems
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExternalPlainTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func one(_ body: String, _ words: String...) async throws -> Evaluation {
        try await evaluate(problem([try scratch.script(body)] + words), [[0.1, -3]])[0]
    }

    @Test func theLastLineIsTheValue() async throws {
        #expect(try await one("echo starting; echo 7; echo; echo ' 0.25 '; echo; echo ' '").told == "0.25")
        #expect(try await one("printf 12e-1").told == "1.2")
        #expect(try await one("echo $(($# + $3))", "{x}", "{seed}").told == "3.0")
        #expect(try await one("echo $1", "{x0}").told == "0.1")
        #expect(try await one("head -c 300000 /dev/zero | tr '\\0' a; echo; echo 5").told == "5.0")
    }

    @Test(arguments: ["nan", "-inf", "NaN", "1e999"]) func undefinedValues(_ text: String) async throws {
        #expect(try await one("echo \(text)").outcome == .undefined)
    }

    @Test func exitCodesAndSignalsAreFailures() async throws {
        let exit = try await one("echo 1; echo ' broken part' >&2; exit 3")
        #expect(exit.told == "failed: exit code 3; standard error: broken part")
        #expect(try await one("exit 1").told == "failed: exit code 1")
        #expect(try await one("echo 1; kill -9 $$").told == "failed: signal 9")
    }

    @Test func standardErrorIsCutAndNeverInTheWay() async throws {
        let failed = try await one("head -c 300000 /dev/zero | tr '\\0' e >&2; exit 4")
        #expect(failed.evidence == "exit code 4; standard error: " + String(repeating: "e", count: 2048))
        #expect(try await one("head -c 300000 /dev/zero >&2; echo 1").told == "1.0")
    }

    @Test func rubbishIsUnparsable() async throws {
        let rubbish = try await one("echo 1; echo 'value: 3'; echo hint >&2")
        let finding = "no number on the last line of standard output: \"value: 3\"; standard error: hint"
        #expect(rubbish.told == "unparsable: \(finding)")
        #expect(try await one("echo; echo").told == "unparsable: nothing on standard output")
        #expect(try await one("echo 1,5").outcome == .unparsable)
        let long = try await one("head -c 300000 /dev/zero | tr '\\0' 1")
        #expect(long.outcome == .unparsable)
        #expect((long.evidence ?? "").count < 300)
    }

    @Test func standardInputIsClosed() async throws {
        #expect(try await one("if read -r line; then echo 1; else echo 0; fi").told == "0.0")
    }

    @Test func aScriptWithoutInterpreterFails() async throws {
        let file = scratch.path("lost")
        try "#!/no/such/interpreter\n".write(toFile: file, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        let evaluation = try await evaluate(problem([file]), [[0, 0]])[0]
        #expect(evaluation.outcome == .failed)
        #expect(evaluation.evidence?.hasPrefix("not started: ") == true)
    }

    @Test func answersComeInTheOrderOfThePoints() async throws {
        let file = try scratch.script("sleep $2; echo $1")
        let points = (0..<6).map { [Double($0), 0.1 - 0.02 * Double($0)] }
        let evaluations = try await evaluate(problem([file, "{x}"]), points, workers: 3)
        #expect(evaluations.map(\.value) == [0, 1, 2, 3, 4, 5])
    }

    /// Each of two evaluations ends only when the other has begun; it gives up after so many looks.
    private func meet(workers: Int, looks: Int) async throws -> [Outcome] {
        let file = try scratch.script(
            """
            touch "$here/began.$1"
            for look in $(seq \(looks)); do
                [ -e "$here/began.$2" ] && echo 1 && exit 0
                sleep 0.02
            done
            exit 9
            """)
        return try await evaluate(problem([file, "{x}"]), [[0, 1], [1, 0]], workers: workers).map(\.outcome)
    }

    @Test func workersOverlap() async throws { #expect(try await meet(workers: 2, looks: 400) == [.ok, .ok]) }

    @Test func oneWorkerDoesNotOverlap() async throws {
        #expect(try await meet(workers: 1, looks: 5) == [.failed, .ok])
    }

    @Test func concurrentSearchesTakeTurns() async throws {
        let file = try scratch.script(
            """
            echo $1 >> "$here/log"
            while [ ! -e "$here/gate" ]; do sleep 0.02; done
            echo $1
            """)
        let evaluator = try await problem([file, "{x0}"]).start(workers: 1)
        async let first = evaluator.evaluate((0..<6).map { [Double($0), 0] })
        _ = await scratch.awaitLines("log")
        async let second = evaluator.evaluate((10..<13).map { [Double($0), 0] })
        try await Task.sleep(for: .milliseconds(200))
        _ = FileManager.default.createFile(atPath: scratch.path("gate"), contents: nil)
        #expect(await first.map(\.value) == [0, 1, 2, 3, 4, 5])
        #expect(await second.map(\.value) == [10, 11, 12])
        await evaluator.stop()
        #expect(scratch.lines("log") == ["0.0", "1.0", "10.0", "2.0", "11.0", "3.0", "12.0", "4.0", "5.0"])
    }

    @Test func missingAndUnusableCommandsAreRefused() async throws {
        func start(_ words: String..., protocolName: String = "plain") async throws {
            _ = try await problem(words, protocolName: protocolName).start(workers: 1)
        }
        let plain = try scratch.script("echo 1", name: "plain", mode: 0o644)
        await #expect(throws: ExternalError.notFound(command: "no-such-command-here")) {
            try await start("no-such-command-here")
        }
        await #expect(throws: ExternalError.notFound(command: "./no/such")) { try await start("./no/such") }
        await #expect(throws: ExternalError.notExecutable(path: plain)) { try await start(plain) }
        await #expect(throws: ExternalError.notExecutable(path: scratch.url.path)) { try await start(scratch.url.path) }
        await #expect(throws: ExternalError.template(.beyondDimension(placeholder: "{x2}", dimension: 2))) {
            try await start("sh", "{x2}")
        }
        for words in [["sh"], ["sh", "--seed={seed}", "{dim}"]] {
            let blind = try CommandProblem(name: "blind", CommandSpec(words: words, box: Box(0...1, dimension: 2)))
            #expect(throws: ExternalError.template(.neverSeesThePoint(protocolName: "plain"))) { try blind.check() }
        }
        await #expect(throws: ExternalError.template(.changesByPoint(placeholder: "{x}", protocolName: "jsonl"))) {
            try await start("sh", "{x}", protocolName: "jsonl")
        }
        await #expect(
            throws: ExternalError.protocolName(
                .unknown(kind: "protocol", value: "jsonx", known: ["plain", "jsonl", "irace", "smac", "aclib"]))
        ) {
            try await start("sh", protocolName: "jsonx")
        }
    }
}
