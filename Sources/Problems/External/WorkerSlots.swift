import Synchronization

/// The numbers of workers: whoever holds one may evaluate. Several pools may share them, so that no more evaluate at the
/// same time, and no two workers with the same number, whichever command they run.
///
/// Whoever waits longest gets the next free slot.
public final class WorkerSlots: Sendable {
    public let count: Int
    private let state: Mutex<State>

    /// One of the pools that share the slots.
    typealias Member = Int

    private struct State {
        /// Slots that nobody uses; there are some only while nobody waits.
        var free: [Int]
        var queue: [Waiting] = []
        var lastTicket = 0
        var lastMember = 0
        /// Members that no longer get slots.
        var dismissed: Set<Member> = []
    }

    private struct Waiting {
        let ticket: Int
        let member: Member
        let slot: CheckedContinuation<Int?, Never>
    }

    /// - Precondition: `count` >= 1.
    public init(_ count: Int) {
        precondition(count >= 1, "evaluating takes at least 1 worker, not \(count)")
        self.count = count
        state = Mutex(State(free: Array(0..<count)))
    }

    func join() -> Member {
        state.withLock { state in
            state.lastMember += 1
            return state.lastMember
        }
    }

    /// A free slot in the order of asking, or nil if the member is dismissed or the task cancelled.
    func acquire(_ member: Member) async -> Int? {
        enum Turn { case now(Int?), later(Int) }
        let turn = state.withLock { state -> Turn in
            guard !state.dismissed.contains(member), !Task.isCancelled else { return .now(nil) }
            if !state.free.isEmpty { return .now(state.free.removeFirst()) }
            state.lastTicket += 1
            return .later(state.lastTicket)
        }
        guard case .later(let ticket) = turn else {
            if case .now(let slot) = turn { return slot }
            return nil
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { slot in wait(Waiting(ticket: ticket, member: member, slot: slot)) }
        } onCancel: {
            abandon(ticket)
        }
    }

    // Whoever waits is woken outside of the lock, which is wanted at once.

    /// Queues up, unless a slot has become free, or all is over, in the meantime.
    private func wait(_ waiting: Waiting) {
        enum Turn { case now(Int?), later }
        let turn = state.withLock { state -> Turn in
            if state.dismissed.contains(waiting.member) || Task.isCancelled { return .now(nil) }
            if !state.free.isEmpty { return .now(state.free.removeFirst()) }
            state.queue.append(waiting)
            return .later
        }
        if case .now(let slot) = turn { waiting.slot.resume(returning: slot) }
    }

    private func abandon(_ ticket: Int) {
        let waiting = state.withLock { state in
            state.queue.firstIndex { $0.ticket == ticket }.map { state.queue.remove(at: $0) }
        }
        waiting?.slot.resume(returning: nil)
    }

    /// Hands the slot to whoever waits longest.
    func release(_ slot: Int) {
        let waiting = state.withLock { state -> Waiting? in
            guard state.queue.isEmpty else { return state.queue.removeFirst() }
            state.free.append(slot)
            return nil
        }
        waiting?.slot.resume(returning: slot)
    }

    /// Sends the member's waiting calls away, and all that come later.
    func dismiss(_ member: Member) {
        let waiting = state.withLock { state in
            state.dismissed.insert(member)
            let (away, stay) = (
                state.queue.filter { $0.member == member }, state.queue.filter { $0.member != member }
            )
            state.queue = stay
            return away
        }
        for waiting in waiting { waiting.slot.resume(returning: nil) }
    }
}
