import Foundation
import Inner
import Problems
import Testing

/// What evaluators do that misbehave, and what becomes of it.
@Suite("Hostile evaluators", .timeLimit(.minutes(2))) struct HostileTests {
    struct Promise: Sendable, CustomTestStringConvertible {
        let mode: String
        /// Of two requests, one after the other.
        let outcomes: [Outcome]
        /// Part of the first one's evidence.
        let evidence: String
        var testDescription: String { mode }

        init(_ mode: String, _ outcomes: Outcome..., saying evidence: String = "") {
            self.mode = mode
            self.outcomes = outcomes.count == 1 ? [outcomes[0], outcomes[0]] : outcomes
            self.evidence = evidence
        }
    }

    static let plainPromises: [Promise] = [
        Promise("good", .ok), Promise("hang", .timedOut, saying: "ended after 0.5 seconds"),
        Promise("stubborn", .timedOut, saying: "ended after 0.5 seconds"), Promise("grandchild", .ok),
        Promise("flood", .failed, saying: "ended at more than 4 MiB on standard output"),
        Promise("floodError", .failed, saying: "ended at more than 4 MiB on standard error"),
        Promise("nan", .undefined), Promise("empty", .unparsable, saying: "nothing on standard output"),
        Promise("two", .unparsable, saying: "\"1 2\""), Promise("comma", .unparsable, saying: "\"1,5\""),
        Promise("hex", .unparsable, saying: "\"0x1p3\""), Promise("trailing", .unparsable, saying: "\"3.5 seconds\""),
        Promise("closes", .unparsable, saying: "nothing on standard output"),
        Promise("exit3", .failed, saying: "exit code 3; standard error: bad input"),
        Promise("signal", .failed, saying: "signal 11"),
        Promise("stderr", .unparsable, saying: "nothing on standard output; standard error: "),
    ]

    static let jsonlPromises: [Promise] = [
        Promise("good", .ok), Promise("hang", .timedOut, saying: "ended after 1 seconds"),
        Promise("stubborn", .timedOut, saying: "ended after 1 seconds"), Promise("grandchild", .ok),
        Promise("flood", .failed, saying: "ended at more than 4 MiB on standard output"),
        Promise("nan", .undefined), Promise("empty", .timedOut, saying: "ended after 1 seconds"),
        Promise("two", .unparsable, saying: "3 values for 2 points"),
        Promise("comma", .unparsable, saying: "no answer to request 1"),
        Promise("text", .unparsable, saying: "no answer to request 1"),
        Promise("closes", .failed, saying: "the worker ended: it closed its pipe and was ended"),
        Promise("exit3", .failed, saying: "the worker ended: exit code 3; standard error: "),
        Promise("signal", .failed, saying: "the worker ended: signal 11"), Promise("twice", .ok),
        Promise("late", .timedOut, saying: "ended after 1 seconds"),
        Promise("unknown", .unparsable, saying: "no answer to request 1"), Promise("old", .ok, .unparsable),
        Promise("stderr", .failed, saying: "the worker ended: exit code 0; standard error: "),
    ]

    private func keeps(_ promise: Promise, _ protocolName: String) async throws {
        let hostile = try Hostile()
        let problem = try hostile.problem(protocolName, promise.mode) {
            if promise.outcomes.contains(.timedOut) { $0.limits.time = .seconds(0.5) }
        }
        let evaluator = try await problem.start(workers: 1)
        let count = protocolName == "plain" ? 1 : 2
        var requests: [[Evaluation]] = []
        for request in 0..<2 {
            let points = (0..<count).map { [Double(request), 0.5 + Double($0)] }
            requests.append(await evaluator.evaluate(points))
        }
        let told = requests.map { $0.map(\.told) }
        #expect(requests.map { $0[0].outcome } == promise.outcomes, "\(clipped(told))")
        #expect(requests.allSatisfy { $0.count == count && Set($0.map(\.outcome)).count == 1 }, "\(clipped(told))")
        #expect(
            promise.evidence.isEmpty || requests[0][0].evidence?.contains(promise.evidence) == true, "\(clipped(told))")
        for (request, evaluations) in requests.enumerated() where promise.outcomes[request] == .ok {
            #expect(
                evaluations.enumerated().allSatisfy { $1.value == Double(request * request) + pow(0.5 + Double($0), 2) }
            )
        }
        await evaluator.stop()
        #expect(hostile.left == [])
    }

    @Test("plain: each has its outcome, and leaves nothing behind", arguments: plainPromises)
    func plain(_ promise: Promise) async throws { try await keeps(promise, "plain") }

    @Test("jsonl: each has its outcome, the next request goes on, and nothing is left behind", arguments: jsonlPromises)
    func jsonLines(_ promise: Promise) async throws { try await keeps(promise, "jsonl") }

    @Test(
        "who holds too much memory is ended, and told from who fails",
        .enabled(if: EvaluationLimits.canLimitMemory, "the system does not tell what others hold"),
        arguments: ["plain", "jsonl"])
    func memory(_ protocolName: String) async throws {
        let hostile = try Hostile()
        let evaluation = try await evaluate(
            hostile.problem(protocolName, "allocate"), [[1, 2]])
        #expect(evaluation[0].outcome == .overMemory, "\(clipped(evaluation[0].told))")
        #expect(evaluation[0].evidence?.contains("256 MiB are allowed") == true, "\(clipped(evaluation[0].told))")
        #expect(hostile.left == [])
    }

    @Test("a worker that somebody else kills fails its batch, and another takes its place")
    func killedFromOutside() async throws {
        let hostile = try Hostile()
        let evaluator = try await hostile.problem("jsonl", "hang").start(workers: 1)
        let batch = Task { await evaluator.evaluate([[1, 2], [3, 4]]) }
        var pid: pid_t?
        for _ in 0..<1000 where pid == nil {
            try await Task.sleep(for: .milliseconds(5))
            pid = hostile.left.first.flatMap { pid_t($0.prefix { $0.isNumber }) }
        }
        // Not before it has been asked.
        try await Task.sleep(for: .milliseconds(100))
        kill(try #require(pid), SIGKILL)
        #expect(await batch.value.map(\.told) == Array(repeating: "failed: the worker ended: signal 9", count: 2))
        await evaluator.stop()
        #expect(hostile.left == [])
    }

    @Test("mixed evaluators, many at a time: all are answered, no descriptor and no process is left")
    func mixed() async {
        await #expect(processExitsWith: .success) {
            func descriptors() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd").count) ?? -1 }
            for protocolName in ["plain", "jsonl"] {
                let hostile = try Hostile()
                // What is opened once and for all is opened here.
                _ = try await evaluate(hostile.problem(protocolName, "good"), [[0, 0]])
                let before = await settled(descriptors)
                let problem = try hostile.problem(protocolName, "mixed") {
                    ($0.batch, $0.limits.time) = (3, .seconds(0.1))
                }
                let points = (0..<300).map { [Double($0), 1 / Double($0 + 1)] }
                let evaluations = try await evaluate(problem, points, workers: 4)
                demand(evaluations.count == 300 && Set(evaluations.map(\.outcome)).count >= 4, evaluations)
                demand(hostile.left.isEmpty, hostile.left)
                // Threads that have ended close their descriptors a moment later.
                for _ in 0..<200 where descriptors() > before { try await Task.sleep(for: .milliseconds(10)) }
                demand(descriptors() <= before, (descriptors(), before, protocolName))
            }
        }
    }
}

/// Evidence may be long.
private func clipped(_ value: some Any) -> String { String("\(value)".prefix(300)) }

/// The least of many looks: what is open for a moment longer does not count.
private func settled(_ count: () -> Int) async -> Int {
    var least = count()
    for _ in 0..<30 {
        try? await Task.sleep(for: .milliseconds(10))
        least = min(least, count())
    }
    return least
}

/// A precondition that has its say in a release build too.
private func demand(_ isKept: Bool, _ why: @autoclosure () -> Any) {
    guard isKept else { fatalError(clipped(why())) }
}
