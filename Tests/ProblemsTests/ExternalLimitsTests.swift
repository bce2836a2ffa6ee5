import Foundation
import Inner
import Problems
import Synchronization
import Testing

/// What surrounds an evaluation: its variables, its folder, its time, and what many failures mean.
@Suite(.timeLimit(.minutes(1))) struct ExternalLimitsTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(
        "a program sees the usual variables, those it is allowed, and the number of its worker",
        arguments: ["plain", "jsonl"])
    func environment(_ protocolName: String) async throws {
        setenv("KNEE_TEST_HIDDEN", "1", 1)
        setenv("KNEE_TEST_SEEN", "2", 1)
        let answer = protocolName == "plain" ? "echo 1" : #"while read -r line; do echo '{"id":1,"value":[1]}'; done"#
        let file = try scratch.script("env > \"$here/variables\"\n" + answer)
        let problem = try problem([file], protocolName: protocolName) {
            $0.environment = ["KNEE_TEST_SEEN", "KNEE_TEST_SET=a=b", "KNEE_TEST_MISSING"]
        }
        #expect(try await evaluate(problem, [[0, 0]])[0].told == "1.0")
        let variables = scratch.lines("variables")
        #expect(variables.contains("KNEE_TEST_SEEN=2") && variables.contains("KNEE_TEST_SET=a=b"))
        #expect(variables.contains("KNEE_WORKER=0") && variables.contains { $0.hasPrefix("PATH=") })
        #expect(!variables.contains { $0.hasPrefix("KNEE_TEST_HIDDEN") || $0.hasPrefix("KNEE_TEST_MISSING") })
        for bad in ["", "=x", "a\0b"] {
            #expect(throws: ExternalError.variable(bad)) {
                try ProblemsTests.problem(["sh"]) { $0.environment = [bad] }.check()
            }
        }
    }

    @Test("a worker may have a folder of its own; words that are files here are still found")
    func workFolder() async throws {
        let data = scratch.path("data")
        try "5".write(toFile: data, atomically: true, encoding: .utf8)
        let file = try scratch.script("pwd >> \"$here/folders\"; sleep 0.2; cat $1")
        let own = try problem([file, data, "{x0}"]) { $0.workFolder = scratch.path("own") }
        #expect(try await evaluate(own, numberedPoints(4), workers: 2).map(\.told) == Array(repeating: "5.0", count: 4))
        #expect(Set(scratch.lines("folders")).map { $0.suffix(13) }.sorted() == ["/own/worker-0", "/own/worker-1"])
        let blocked = try problem([file, "{x0}"]) { $0.workFolder = data }
        await #expect(throws: ExternalError.workFolder(path: data + "/worker-0")) {
            try await blocked.start(workers: 1)
        }
    }

    /// In a process of its own: there no other test keeps it from looking at the clock.
    @Test("time is allowed for every point of a request, and starts anew when a worker is ready")
    func timeOfBatches() async {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            let file = try scratch.script(
                #"""
                sleep 1.2; echo '{"ready":true}'
                read -r line; sleep 1.2; echo '{"id":1,"value":[1,2,3,4]}'
                read -r line; sleep 60; echo '{"id":2,"value":[1]}'
                """#)
            let slow = try problem([file], protocolName: "jsonl") { $0.limits.time = .seconds(0.5) }
            let evaluator = try await slow.start(workers: 1)
            let values = await evaluator.evaluate(numberedPoints(4)).map(\.value)
            precondition(values == [1, 2, 3, 4], "\(values)")
            let late = await evaluator.evaluateOne()
            precondition(late == "timedOut: ended after 0.5 seconds", late)
            await evaluator.stop()
        }
    }

    @Test("more workers than the system allows are refused before one starts")
    func descriptors() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit(rlim_cur: 200, rlim_max: 200)
            let isSet = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
            precondition(isSet)
            let fine = try problem(["echo", "1", "{x}"])
            let few = try await evaluate(fine, numberedPoints(3), workers: 4)
            precondition(few.allSatisfy { $0.outcome == .unparsable }, "two coordinates on a line")
            do {
                _ = try await fine.start(workers: 40)
                preconditionFailure("40 workers take more than 200 files")
            } catch let error as ExternalError {
                precondition(error == .tooManyWorkers(40, needed: 704, allowed: 200), "\(error)")
            }
        }
    }

    @Test("every evaluation says how long it took; those of a request share its time")
    func seconds() async throws {
        let file = try scratch.script("sleep 0.2; echo 1")
        let evaluations = try await evaluate(problem([file]), numberedPoints(2), workers: 2)
        #expect(evaluations.allSatisfy { $0.seconds >= 0.2 })
        let batch = try scratch.script(#"read -r line; sleep 0.4; echo '{"id":1,"value":[1,2]}'"#, name: "batch")
        let shared = try await evaluate(problem([batch], protocolName: "jsonl"), numberedPoints(2))
        #expect(shared.allSatisfy { $0.seconds >= 0.2 } && shared[0].seconds == shared[1].seconds)
    }

    @Test("points that are asked singly are asked one a request")
    func singly() async throws {
        let file = try scratch.script(
            #"while read -r line; do echo "$line" >> "$here/requests"; id=${line#*:}; echo "{\"id\":${id%%,*},\"value\":[1]}"; done"#
        )
        let evaluator = try await problem([file], protocolName: "jsonl").start(workers: 1)
        #expect(await evaluator.evaluate(numberedPoints(3), seeds: [1, 2, 3], singly: true).map(\.value) == [1, 1, 1])
        await evaluator.stop()
        #expect(scratch.lines("requests").count == 3)
    }

    @Test("many requests in a row without an answer are an outage: it says what to run by hand, and all ends")
    func outage() async throws {
        let file = try scratch.script(#"[ "$1" = 7.0 ] && echo 1 && exit 0; echo 'no licence' >&2; exit 3"#)
        var flaky = try problem([file, "{x}"])
        flaky.outageRule = OutageRule(after: 5)
        let evaluator = try await flaky.start(workers: 1)
        // An answer starts the count anew.
        #expect(await evaluator.evaluate(numberedPoints(4)).allSatisfy { $0.outcome == .failed })
        #expect(await evaluator.evaluateOne([7, 0]) == "1.0")
        #expect(await evaluator.outage == nil)
        let last = await evaluator.evaluate(numberedPoints(7))
        #expect(last.map(\.told).suffix(2) == ["failed: stopped", "failed: stopped"])
        let outage = try #require(await evaluator.outage)
        #expect(outage.requests == 5 && outage.evidence == "exit code 3; standard error: no licence")
        #expect(outage.byHand == "\(file) 4.0 0.0")
        var elsewhere = try problem([file, "{x}"]) {
            ($0.environment, $0.workFolder) = (["PATH", "A=b c"], scratch.path("w"))
        }
        elsewhere.outageRule = OutageRule(after: 1)
        let far = try await elsewhere.start(workers: 1)
        _ = await far.evaluateOne()
        #expect(await far.outage?.byHand == "cd \(scratch.path("w/worker-0")) && env A='b c' \(file) 0.0 0.0")
        await far.stop()
        await evaluator.stop()
        var lines = try problem([file], protocolName: "jsonl", batch: 4)
        lines.outageRule = OutageRule()
        let worker = try await lines.start(workers: 1)
        _ = await worker.evaluate(numberedPoints(16))
        let first = try #require(await worker.outage)
        #expect(first.requests == 3, "a request counts once, whatever it asks")
        #expect(first.byHand == "echo '{\"id\":1,\"x\":[[8.0,0.0]],\"seed\":[8]}' | \(file)")
        await worker.stop()
    }

    @Test("a transcript holds what was sent, what came, and how it ended")
    func transcript() async throws {
        let heard = Heard()
        var plain = try problem([try scratch.script("echo hello; echo oops >&2; echo 2; exit 0"), "it's", "{x}"])
        plain.transcript = { heard.add($0) }
        _ = try await evaluate(plain, [[0.5, -1]])
        #expect(
            heard.all == [
                Exchange(
                    sent: "\(scratch.path("script")) 'it'\\''s' 0.5 -1.0", received: "hello\n2", standardError: "oops",
                    ending: "exit code 0")
            ])
    }
}

private final class Heard: Sendable {
    private let exchanges = Mutex<[Exchange]>([])
    func add(_ exchange: Exchange) { exchanges.withLock { $0.append(exchange) } }
    var all: [Exchange] { exchanges.withLock { $0 } }
}
