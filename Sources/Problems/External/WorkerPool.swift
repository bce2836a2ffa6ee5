import Inner

/// A fixed number of workers, shared by all who evaluate at the same time.
///
/// Whoever waits longest gets the next free worker. A batch waits for one worker at a time, so that concurrent searches
/// take turns, however large their batches are.
actor WorkerPool: ExternalEvaluator {
    private let workers: [any ExternalWorker]
    private let pointsPerCall: Int
    private var free: [Int]
    private var queue: [(ticket: Int, slot: CheckedContinuation<Int?, Never>)] = []
    private var lastTicket = 0
    private var running: [Int: Task<[Evaluation], Never>] = [:]
    private var isStopped = false

    init(_ workers: [any ExternalWorker], pointsPerCall: Int) {
        self.workers = workers
        self.pointsPerCall = pointsPerCall
        free = Array(workers.indices)
    }

    func evaluate(_ points: [[Double]], seeds: [UInt64], singly: Bool) async -> [Evaluation] {
        let calls = split(points.count, longest: singly ? 1 : pointsPerCall)
        let answers = await withTaskGroup(of: (Int, [Evaluation]).self) { group in
            for (number, range) in calls.enumerated() {
                guard let slot = await acquire() else { break }
                group.addTask {
                    (number, await self.call(slot, Array(points[range]), seeds: Array(seeds[range])))
                }
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

    /// Runs one call on a slot of its own, so that `stop` can end it as well as the caller's cancellation.
    private func call(_ slot: Int, _ points: [[Double]], seeds: [UInt64]) async -> [Evaluation] {
        defer { release(slot) }
        guard !isStopped else { return unasked(points.count) }
        let worker = workers[slot]
        let task = Task { await worker.evaluate(points, seeds: seeds) }
        running[slot] = task
        defer { running[slot] = nil }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func unasked(_ count: Int) -> [Evaluation] {
        Array(repeating: Evaluation(.failed, evidence: isStopped ? "stopped" : "cancelled"), count: count)
    }

    /// A free slot in the order of asking, or nil if the pool is stopped or the task cancelled.
    private func acquire() async -> Int? {
        guard !isStopped, !Task.isCancelled else { return nil }
        if !free.isEmpty { return free.removeFirst() }
        lastTicket += 1
        let ticket = lastTicket
        return await withTaskCancellationHandler {
            await withCheckedContinuation { slot in
                if Task.isCancelled { slot.resume(returning: nil) } else { queue.append((ticket, slot)) }
            }
        } onCancel: {
            Task { await self.abandon(ticket) }
        }
    }

    private func abandon(_ ticket: Int) {
        guard let place = queue.firstIndex(where: { $0.ticket == ticket }) else { return }
        queue.remove(at: place).slot.resume(returning: nil)
    }

    /// Hands the slot to whoever waits longest; `free` has entries only while nobody waits.
    private func release(_ slot: Int) {
        if queue.isEmpty { free.append(slot) } else { queue.removeFirst().slot.resume(returning: slot) }
    }

    func stop() async {
        isStopped = true
        for waiting in queue { waiting.slot.resume(returning: nil) }
        queue = []
        for task in running.values { task.cancel() }
        for task in Array(running.values) { _ = await task.value }
        await withTaskGroup { group in
            for worker in workers { group.addTask { await worker.stop() } }
        }
    }
}
