import Foundation
import Report
import Synchronization

/// Where a sweep stands, in a line.
final class SweepMeter: Sendable {
    private let studies: Int
    private let deadline: Deadline?
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    private struct State {
        var done: Int
        /// Evaluations of all studies; those of earlier runs among them.
        var evaluations = 0
        var before = 0
        /// Evaluations that the studies may spend at most.
        var purses: Int
        /// Evaluations of every study that is open.
        var open: [Int: Int] = [:]
    }

    /// - Parameters:
    ///   - done: studies that are done already.
    ///   - purses: evaluations that all others may spend at most.
    init(studies: Int, done: Int, purses: Int, deadline: Deadline?) {
        (self.studies, self.deadline) = (studies, deadline)
        state = Mutex(State(done: done, purses: purses))
    }

    func hear(_ event: StudyEvent, of study: Int) {
        state.withLock { state in
            switch event {
            case .begun(let past):
                let evaluations = past.reduce(0) { $0 + $1.result.evaluations }
                state.open[study] = evaluations
                state.evaluations += evaluations
                state.before += evaluations
            case .searched(let progress):
                state.evaluations += progress.evaluations - state.open[study, default: 0]
                state.open[study] = progress.evaluations
            case .confirmed(_, _, let evaluations): state.evaluations += evaluations
            case .drifted, .noisy, .confirming, .composing, .noPage: break
            }
        }
    }

    /// A study is at its end; what it leaves of its purse will not be spent.
    func finished(purse: Int, spent: Int) {
        state.withLock {
            $0.done += 1
            $0.purses -= max(0, purse - spent)
        }
    }

    /// `[===   ] 12 of 48 studies  34M evaluations  1.2M/s  at most 3h2m`.
    func line(width: Int) -> String {
        let state = state.withLock { $0 }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let rate = Double(state.evaluations - state.before) / max(elapsed, 1e-9)
        let left = [
            deadline.map { max(0, ($0.lastLaunch - .now) / .seconds(1)) },
            elapsed > 0.5 && rate > 0 ? Double(max(0, state.purses - state.evaluations)) / rate : nil,
        ].compactMap { $0 }.min()
        let parts = [
            "\(state.done) of \(Numbers.counted(studies, "study", "studies"))",
            "\(Numbers.short(Double(state.evaluations))) evaluations", "\(Numbers.short(rate))/s",
            left.map { "at most \(Numbers.brief($0))" },
        ]
        let text = parts.compactMap { $0 }.joined(separator: "  ")
        let share = Double(state.done) / Double(max(studies, 1))
        return String((ProgressMeter.bar(share, width: width - text.count) + text).prefix(width))
    }
}
