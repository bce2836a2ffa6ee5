import Inner
import Problems

/// The commands that are running: all who ask the same command are answered by the same workers, and no more workers than
/// there are slots evaluate at a time, whatever they run.
actor Evaluators {
    private let slots: WorkerSlots
    private var running: [CommandSpec: Shared] = [:]

    private struct Shared {
        let start: Task<any ExternalEvaluator, any Error>
        var users = 0
    }

    init(workers: Int) { slots = WorkerSlots(workers) }

    /// Starts what evaluates if nobody asks it yet, works with it, and ends it after the last.
    ///
    /// - Throws: what `work` throws, and `ExternalError`.
    func with<Value: Sendable>(
        _ problem: CommandProblem, _ work: @Sendable (any ExternalEvaluator) async throws -> Value
    ) async throws -> Value {
        let evaluator = try await enter(problem)
        do {
            let value = try await work(evaluator)
            await leave(problem.spec)
            return value
        } catch {
            await leave(problem.spec)
            throw error
        }
    }

    private func enter(_ problem: CommandProblem) async throws -> any ExternalEvaluator {
        var problem = problem
        problem.slots = slots
        let start =
            running[problem.spec]?.start ?? Task { [problem] in try await problem.start(workers: problem.slots!.count) }
        running[problem.spec, default: Shared(start: start)].users += 1
        do { return try await start.value } catch {
            running[problem.spec] = nil
            throw error
        }
    }

    private func leave(_ spec: CommandSpec) async {
        running[spec]?.users -= 1
        guard let shared = running[spec], shared.users == 0 else { return }
        // Who comes while it ends starts another.
        running[spec] = nil
        guard let evaluator = try? await shared.start.value else { return }
        // One that is out of reach stays so for all who come later.
        if await evaluator.outage != nil, running[spec] == nil { running[spec] = shared }
        await evaluator.stop()
    }
}
