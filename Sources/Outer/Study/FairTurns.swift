import Synchronization

/// The workers of a sweep: the next free one goes to the study that has used the least search time of those that wait,
/// counting what it has running, and then to the one with the fewest evaluations.
///
/// Whose turn it is changes when a search runs, never which: decisions are made before, from pulls that do not depend on it.
public final class FairTurns: Sendable {
    private let state: Mutex<State>
    private let clock: @Sendable () -> Double

    fileprivate struct State {
        var free: Int
        var accounts: [Account]
        var queue: [Waiting] = []
        var lastTicket = 0
        var closed: StopReason?
    }

    /// What a study has used.
    fileprivate struct Account {
        var seconds = 0.0
        var evaluations = 0
        /// When the searches that it has running began.
        var running: [Double] = []

        func used(at now: Double) -> Double { running.reduce(seconds) { $0 + (now - $1) } }
    }

    fileprivate struct Waiting {
        let ticket: Int
        let study: Int
        let turn: CheckedContinuation<StopReason?, Never>
    }

    /// - Parameter clock: seconds, from any instant on.
    public init(workers: Int, studies: Int, clock: @escaping @Sendable () -> Double) {
        precondition(workers >= 1 && studies >= 0, "\(workers) workers for \(studies) studies")
        state = Mutex(State(free: workers, accounts: Array(repeating: Account(), count: studies)))
        self.clock = clock
    }

    /// The turnstile of one study, which is charged for what earlier runs have used.
    public func turnstile(of study: Int) -> some Turnstile { StudyTurns(turns: self, study: study) }

    public func charge(_ study: Int, seconds: Double, evaluations: Int) {
        state.withLock {
            $0.accounts[study].seconds += seconds
            $0.accounts[study].evaluations += evaluations
        }
    }

    /// Sends all who wait away, and who comes later.
    public func close(_ reason: StopReason) {
        let waiting = state.withLock { state in
            state.closed = state.closed ?? reason
            defer { state.queue = [] }
            return state.queue
        }
        for waiting in waiting { waiting.turn.resume(returning: reason) }
    }

    /// Studies' searches that wait.
    package var waiting: Int { state.withLock { $0.queue.count } }

    fileprivate func enter(_ study: Int) async -> StopReason? {
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { turn in wait(Waiting(ticket: ticket, study: study, turn: turn)) }
        } onCancel: {
            abandon(ticket)
        }
    }

    fileprivate func leave(_ study: Int, seconds: Double, evaluations: Int) {
        charge(study, seconds: seconds, evaluations: evaluations)
        let next = state.withLock { state in
            state.accounts[study].running.removeFirst()
            state.free += 1
            return state.admit(at: clock())
        }
        next?.turn.resume(returning: nil)
    }

    // Whoever waits is woken outside of the lock, which is wanted at once.

    private func wait(_ waiting: Waiting) {
        enum Answer { case refused(StopReason), admitted(Waiting?) }
        let answer = state.withLock { state -> Answer in
            if Task.isCancelled { return .refused(.interrupted) }
            if let closed = state.closed { return .refused(closed) }
            state.queue.append(waiting)
            return .admitted(state.admit(at: clock()))
        }
        switch answer {
        case .refused(let reason): waiting.turn.resume(returning: reason)
        case .admitted(let next): next?.turn.resume(returning: nil)
        }
    }

    private func abandon(_ ticket: Int) {
        let waiting = state.withLock { state in
            state.queue.firstIndex { $0.ticket == ticket }.map { state.queue.remove(at: $0) }
        }
        waiting?.turn.resume(returning: .interrupted)
    }
}

extension FairTurns.State {
    /// Takes the next in turn out of the queue, if a worker is free.
    fileprivate mutating func admit(at now: Double) -> FairTurns.Waiting? {
        let place = { [accounts] (waiting: FairTurns.Waiting) in
            let account = accounts[waiting.study]
            return (account.used(at: now), account.evaluations, waiting.ticket)
        }
        guard free > 0, let next = queue.indices.min(by: { place(queue[$0]) < place(queue[$1]) }) else { return nil }
        let waiting = queue.remove(at: next)
        free -= 1
        accounts[waiting.study].running.append(now)
        return waiting
    }
}

private struct StudyTurns: Turnstile {
    let turns: FairTurns
    let study: Int

    func enter() async -> StopReason? { await turns.enter(study) }
    func leave(seconds: Double, evaluations: Int) { turns.leave(study, seconds: seconds, evaluations: evaluations) }
}
