import Inner
import Synchronization

/// A fixed number of workers, shared by all who evaluate at the same time.
///
/// A batch waits for one worker at a time, so that concurrent searches take turns, however large their batches are.
final class WorkerPool: ExternalEvaluator {
    private let commands: [ExternalCommand]
    private let spoken: any ExternalProtocol
    private let workers: [any ExternalWorker]
    private let pointsPerCall: Int
    private let slots: WorkerSlots
    private let member: WorkerSlots.Member
    private let state: Mutex<State>

    private struct State {
        var isStopped = false
        var unanswered: OutageCount
        var outage: Outage?
    }

    /// - Parameter commands: one for every slot.
    init(
        _ commands: [ExternalCommand], in slots: WorkerSlots, speaking spoken: any ExternalProtocol, pointsPerCall: Int,
        outageRule: OutageRule
    ) {
        self.commands = commands
        self.spoken = spoken
        workers = commands.map(spoken.makeWorker)
        self.pointsPerCall = pointsPerCall
        self.slots = slots
        member = slots.join()
        state = Mutex(State(unanswered: OutageCount(outageRule)))
    }

    var outage: Outage? { state.withLock(\.outage) }
    private var isStopped: Bool { state.withLock(\.isStopped) }

    func evaluate(_ points: [[Double]], seeds: [UInt64], singly: Bool) async -> [Evaluation] {
        let calls = split(points.count, longest: singly ? 1 : pointsPerCall)
        if calls.count == 1 {
            guard let slot = await slots.acquire(member) else { return unasked(points.count) }
            return await call(slot, points, seeds)
        }
        let answers = await withTaskGroup(of: (Int, [Evaluation]).self) { group in
            for (number, range) in calls.enumerated() {
                guard let slot = await slots.acquire(member) else { break }
                group.addTask { (number, await self.call(slot, Array(points[range]), Array(seeds[range]))) }
            }
            var answers: [Int: [Evaluation]] = [:]
            for await (number, evaluations) in group { answers[number] = evaluations }
            return answers
        }
        return calls.enumerated().flatMap { number, range in answers[number] ?? unasked(range.count) }
    }

    /// Consecutive ranges, one a call: enough to occupy all workers, none longer than a call may be.
    private func split(_ count: Int, longest: Int) -> [Range<Int>] {
        let length = max(1, min(longest, (count + workers.count - 1) / workers.count))
        return stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
    }

    /// Runs one call on a slot of its own and times it.
    private func call(_ slot: Int, _ points: [[Double]], _ seeds: [UInt64]) async -> [Evaluation] {
        defer { slots.release(slot) }
        guard !isStopped else { return unasked(points.count) }
        let start = ContinuousClock.now
        var answers = await workers[slot].evaluate(points, seeds: seeds)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        for index in answers.indices { answers[index].seconds = seconds / Double(points.count) }
        if !Task.isCancelled { note(answers, seconds, asked: points[0], seeds[0], slot) }
        return answers
    }

    private func note(_ answers: [Evaluation], _ seconds: Double, asked point: [Double], _ seed: UInt64, _ slot: Int) {
        if answers.contains(where: \.isAnswered) { commands[slot].time.note(seconds: seconds, points: answers.count) }
        let setting = commands[slot].child.setting
        let isOutage = state.withLock { state in
            guard !state.isStopped, state.unanswered.note(answers) else { return false }
            state.outage = Outage(
                answers[0], requests: state.unanswered.requests,
                byHand: setting.enterByHand
                    + spoken.byHand(
                        commands[slot].template, point, seed: seed, setting: setting.variablesByHand))
            state.isStopped = true
            return true
        }
        // Nobody waits for what will not be answered either.
        if isOutage { Task { await stop() } }
    }

    private func unasked(_ count: Int) -> [Evaluation] {
        Array(repeating: Evaluation(.failed, evidence: isStopped ? "stopped" : "cancelled"), count: count)
    }

    func stop() async {
        state.withLock { $0.isStopped = true }
        slots.dismiss(member)
        await withTaskGroup { group in
            for worker in workers { group.addTask { await worker.stop() } }
        }
    }
}
