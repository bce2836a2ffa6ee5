import Foundation
import Inner
import Problems
import Testing

/// Nothing that was started outlives its evaluation, its task or its evaluator.
@Suite(.timeLimit(.minutes(1))) struct ExternalProcessTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Has a child that sleeps; both numbers are written down.
    private let parent = "sleep 300 & echo $$ >> \"$here/pids\"; echo $! >> \"$here/pids\""

    /// Starts to evaluate, waits for the processes, does something to the evaluation and returns what still runs after
    /// it.
    private func survivors(
        _ problem: CommandProblem, processes: Int,
        of action: (Task<[Evaluation], Never>, any ExternalEvaluator) async -> Void
    ) async throws -> [pid_t] {
        let evaluator = try await problem.start(workers: 2)
        let task = Task { await evaluator.evaluate(numberedPoints(3)) }
        let pids = await scratch.pids("pids", count: processes)
        #expect(pids.count == processes)
        #expect(pids.allSatisfy(isRunning))
        await action(task, evaluator)
        return pids.filter(isRunning)
    }

    @Test(arguments: ["plain", "jsonl"]) func cancellationEndsTheProcesses(_ protocolName: String) async throws {
        let file = try scratch.script(parent + "; wait")
        let left = try await survivors(problem([file], protocolName: protocolName), processes: 4) { task, _ in
            task.cancel()
            #expect(await task.value.map(\.told) == Array(repeating: "failed: cancelled", count: 3))
        }
        #expect(left == [])
    }

    @Test(arguments: ["plain", "jsonl"]) func stoppingEndsTheProcesses(_ protocolName: String) async throws {
        let file = try scratch.script(parent + "; wait")
        let left = try await survivors(problem([file], protocolName: protocolName), processes: 4) { task, evaluator in
            await evaluator.stop()
            #expect(await task.value.map(\.outcome) == [.failed, .failed, .failed])
            #expect(await evaluator.evaluateOne() == "failed: stopped")
        }
        #expect(left == [])
    }

    @Test(arguments: ["plain", "jsonl"]) func afterTermComesKill(_ protocolName: String) async throws {
        let file = try scratch.script("trap '' TERM; " + parent + "; while :; do sleep 0.05; done")
        let stubborn = try problem([file], protocolName: protocolName, grace: .milliseconds(200))
        let left = try await survivors(stubborn, processes: 4) { task, evaluator in await evaluator.stop() }
        #expect(left == [])
    }

    @Test func aProgramMayTidyUpAfterTerm() async throws {
        let file = try scratch.script(
            "trap 'echo tidy >> \"$here/said\"; exit 0' TERM; echo $$ >> \"$here/pids\"; while :; do sleep 0.02; done")
        let left = try await survivors(problem([file]), processes: 2) { task, evaluator in
            task.cancel()
            _ = await task.value
        }
        #expect(left == [])
        #expect(scratch.lines("said") == ["tidy", "tidy"])
    }

    @Test func whatAProgramLeavesBehindIsEnded() async throws {
        let file = try scratch.script(parent + "; echo 2.5")
        #expect(try await evaluate(problem([file]), [[0, 0]])[0].told == "2.5")
        #expect(await scratch.pids("pids", count: 2).filter(isRunning) == [])
    }

    @Test func idleWorkersEndWithTheirEvaluator() async throws {
        let answer = #"while read -r line; do id=${line#*:}; echo "{\"id\":${id%%,*},\"value\":[1]}"; done"#
        let file = try scratch.script(parent + "\n" + answer)
        let jsonl = try problem([file], protocolName: "jsonl")
        let evaluator = try await jsonl.start(workers: 1)
        #expect(await evaluator.evaluateOne() == "1.0")
        let pids = await scratch.pids("pids", count: 2)
        #expect(pids.allSatisfy(isRunning))
        await evaluator.stop()
        await evaluator.stop()
        #expect(pids.filter(isRunning) == [])
    }

    @Test(arguments: ["plain", "jsonl"]) func everyProcessLeadsAGroupOfItsOwn(_ protocolName: String) async throws {
        let file = try scratch.script("echo $$ >> \"$here/pids\"; exec sleep 300")
        _ = try await survivors(problem([file], protocolName: protocolName), processes: 2) { task, evaluator in
            for pid in scratch.lines("pids").compactMap(pid_t.init) { #expect(getpgid(pid) == pid) }
            await evaluator.stop()
        }
    }

    @Test func whoeverWaitsIsReleasedByCancellation() async throws {
        let file = try scratch.script("echo $$ >> \"$here/pids\"; exec sleep 300")
        let evaluator = try await problem([file]).start(workers: 1)
        let holder = Task { await evaluator.evaluateOne() }
        _ = await scratch.pids("pids")
        let waiting = Task { await evaluator.evaluateOne() }
        waiting.cancel()
        #expect(await waiting.value == "failed: cancelled")
        holder.cancel()
        #expect(await holder.value == "failed: cancelled")
        await evaluator.stop()
    }
}
