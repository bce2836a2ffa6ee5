import Inner
import Synchronization

/// A fixed number of workers, shared by all who evaluate at the same time.
///
/// Whoever waits longest gets the next free worker. A batch waits for one worker at a time, so that concurrent searches
/// take turns, however large their batches are.
final class WorkerPool: ExternalEvaluator {
    private let commands: [ExternalCommand]
    private let spoken: any ExternalProtocol
    private let workers: [any ExternalWorker]
    private let pointsPerCall: Int
    private let state: Mutex<State>

    private struct State {
        /// Slots that nobody uses; there are some only while nobody waits.
        var free: [Int]
        var queue: [(ticket: Int, slot: CheckedContinuation<Int?, Never>)] = []
        var lastTicket = 0
        var isStopped = false
        var unanswered: OutageCount
        var outage: Outage?
    }

    /// - Parameter commands: one for every worker.
    init(
        _ commands: [ExternalCommand], speaking spoken: any ExternalProtocol, pointsPerCall: Int, outageRule: OutageRule
    ) {
        self.commands = commands
        self.spoken = spoken
        workers = commands.map(spoken.makeWorker)
        self.pointsPerCall = pointsPerCall
        state = Mutex(State(free: Array(commands.indices), unanswered: OutageCount(outageRule)))
    }

    var outage: Outage? { state.withLock(\.outage) }
    private var isStopped: Bool { state.withLock(\.isStopped) }

    func evaluate(_ points: [[Double]], seeds: [UInt64], singly: Bool) async -> [Evaluation] {
        let calls = split(points.count, longest: singly ? 1 : pointsPerCall)
        if calls.count == 1 {
            guard let slot = await acquire() else { return unasked(points.count) }
            return await call(slot, points, seeds)
        }
        let answers = await withTaskGroup(of: (Int, [Evaluation]).self) { group in
            for (number, range) in calls.enumerated() {
                guard let slot = await acquire() else { break }
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
        defer { release(slot) }
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
        let isOutage = state.withLock { state in
            guard !state.isStopped, state.unanswered.note(answers) else { return false }
            state.outage = Outage(
                answers[0], requests: state.unanswered.requests,
                byHand: commands[slot].child.setting.byHand
                    + spoken.byHand(commands[slot].template, point, seed: seed))
            state.isStopped = true
            return true
        }
        // Nobody waits for what will not be answered either.
        if isOutage { Task { await stop() } }
    }

    private func unasked(_ count: Int) -> [Evaluation] {
        Array(repeating: Evaluation(.failed, evidence: isStopped ? "stopped" : "cancelled"), count: count)
    }

    /// A free slot in the order of asking, or nil if the pool is stopped or the task cancelled.
    private func acquire() async -> Int? {
        enum Turn { case now(Int?), later(Int) }
        let turn = state.withLock { state -> Turn in
            guard !state.isStopped, !Task.isCancelled else { return .now(nil) }
            if !state.free.isEmpty { return .now(state.free.removeFirst()) }
            state.lastTicket += 1
            return .later(state.lastTicket)
        }
        guard case .later(let ticket) = turn else {
            if case .now(let slot) = turn { return slot }
            return nil
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { slot in wait(ticket, slot) }
        } onCancel: {
            abandon(ticket)
        }
    }

    // Whoever waits is woken outside of the lock, which is wanted at once.

    /// Queues up, unless a slot has become free, or all is over, in the meantime.
    private func wait(_ ticket: Int, _ waiting: CheckedContinuation<Int?, Never>) {
        enum Turn { case now(Int?), later }
        let turn = state.withLock { state -> Turn in
            if state.isStopped || Task.isCancelled { return .now(nil) }
            if !state.free.isEmpty { return .now(state.free.removeFirst()) }
            state.queue.append((ticket, waiting))
            return .later
        }
        if case .now(let slot) = turn { waiting.resume(returning: slot) }
    }

    private func abandon(_ ticket: Int) {
        let waiting = state.withLock { state in
            state.queue.firstIndex { $0.ticket == ticket }.map { state.queue.remove(at: $0).slot }
        }
        waiting?.resume(returning: nil)
    }

    /// Hands the slot to whoever waits longest.
    private func release(_ slot: Int) {
        let waiting = state.withLock { state -> CheckedContinuation<Int?, Never>? in
            guard state.queue.isEmpty else { return state.queue.removeFirst().slot }
            state.free.append(slot)
            return nil
        }
        waiting?.resume(returning: slot)
    }

    func stop() async {
        let queue = state.withLock { state in
            state.isStopped = true
            defer { state.queue = [] }
            return state.queue
        }
        for waiting in queue { waiting.slot.resume(returning: nil) }
        await withTaskGroup { group in
            for worker in workers { group.addTask { await worker.stop() } }
        }
    }
}
