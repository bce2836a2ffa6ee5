import Outer
import Synchronization
import Testing

@Suite("Studies that share workers take fair turns")
struct FairTurnsTests {
    /// Time that passes when told to.
    private final class Clock: Sendable {
        private let seconds = Mutex(0.0)
        var now: Double { seconds.withLock { $0 } }
        func pass(_ more: Double) { seconds.withLock { $0 += more } }
    }

    /// Whose turn it was, in order.
    private final class Order: Sendable {
        private let studies = Mutex<[Int]>([])
        var all: [Int] { studies.withLock { $0 } }

        /// - Returns: how many turns there were so far.
        @discardableResult func note(_ study: Int) -> Int {
            studies.withLock { studies in
                studies.append(study)
                return studies.count
            }
        }
    }

    /// Waits until so many wait.
    private func wait(for count: Int, in turns: FairTurns) async {
        while turns.waiting < count { try? await Task.sleep(for: .microseconds(100)) }
    }

    /// Studies that always have two searches for the one worker, which take as long as their study's do.
    ///
    /// - Returns: whose turn it was, in order.
    private func order(_ durations: [Double], turns count: Int, charged: [Double] = []) async -> [Int] {
        let clock = Clock()
        let turns = FairTurns(workers: 1, studies: durations.count + 1) { clock.now }
        for (study, seconds) in charged.enumerated() { turns.charge(study, seconds: seconds, evaluations: 0) }
        // The last study holds the worker until all the others wait, and never comes again.
        let first = turns.turnstile(of: durations.count)
        #expect(await first.enter() == nil)
        let order = Order()
        await withTaskGroup(of: Void.self) { group in
            for (study, duration) in (durations + durations).enumerated() {
                let study = study % durations.count
                group.addTask {
                    let turnstile = turns.turnstile(of: study)
                    while await turnstile.enter() == nil {
                        let made = order.note(study)
                        clock.pass(duration)
                        await wait(for: 2 * durations.count - 1, in: turns)
                        if made == count { turns.close(.time) }
                        turnstile.leave(seconds: duration, evaluations: 1)
                    }
                }
            }
            await wait(for: 2 * durations.count, in: turns)
            first.leave(seconds: 0, evaluations: 0)
        }
        return order.all
    }

    @Test("search time is shared equally, however long the searches of each are")
    func share() async {
        let durations = [1, 3, 10, 0.5]
        let order = await order(durations, turns: 200)
        #expect(order.count == 200)
        for end in stride(from: 40, through: 200, by: 40) {
            var used = [Double](repeating: 0, count: durations.count)
            for study in order.prefix(end) { used[study] += durations[study] }
            #expect(used.max()! - used.min()! <= 10, "\(used)")
        }
    }

    @Test("who has used most before waits until the others have caught up")
    func charged() async {
        let order = await order([1, 1, 1], turns: 50, charged: [20, 0, 0])
        #expect(order.prefix(38).allSatisfy { $0 != 0 })
        #expect(order.dropFirst(42).contains(0))
    }

    @Test("what a study has running counts as used")
    func running() async {
        let clock = Clock()
        let turns = FairTurns(workers: 2, studies: 2) { clock.now }
        let (busy, idle) = (turns.turnstile(of: 0), turns.turnstile(of: 1))
        #expect(await busy.enter() == nil)
        #expect(await busy.enter() == nil)
        clock.pass(5)
        let order = Order()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                #expect(await busy.enter() == nil)
                order.note(0)
            }
            await wait(for: 1, in: turns)
            group.addTask {
                #expect(await idle.enter() == nil)
                order.note(1)
                busy.leave(seconds: 5, evaluations: 1)
            }
            await wait(for: 2, in: turns)
            busy.leave(seconds: 5, evaluations: 1)
        }
        #expect(order.all == [1, 0])
    }

    @Test("whoever waits or comes later is sent away once turns are over, and who gives up leaves the queue")
    func closed() async {
        let turns = FairTurns(workers: 1, studies: 2) { 0 }
        let turnstile = turns.turnstile(of: 0)
        #expect(await turnstile.enter() == nil)
        let impatient = Task { await turns.turnstile(of: 1).enter() }
        await wait(for: 1, in: turns)
        impatient.cancel()
        #expect(await impatient.value == .interrupted && turns.waiting == 0)
        let patient = Task { await turns.turnstile(of: 1).enter() }
        await wait(for: 1, in: turns)
        turns.close(.time)
        turns.close(.interrupted)
        #expect(await patient.value == .time)
        #expect(await turnstile.enter() == .time)
        turnstile.leave(seconds: 1, evaluations: 1)
    }
}
