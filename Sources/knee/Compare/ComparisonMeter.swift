import Report
import Synchronization

/// Where a comparison stands, in a line.
final class ComparisonMeter: Sendable {
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    private struct State {
        /// Whose settings are learned, while some are.
        var learner: String?
        var (done, all) = (0, 0)
        /// Evaluations that this run has made, and those it has to make.
        var (evaluations, missing) = (0, 0)
    }

    func learning(_ whose: String) { state.withLock { $0.learner = whose } }

    func begin(done: Int, of all: Int, evaluations: Int) {
        state.withLock { $0 = State(learner: nil, done: done, all: all, evaluations: 0, missing: evaluations) }
    }

    func searched(evaluations: Int) {
        state.withLock {
            $0.done += 1
            $0.evaluations += evaluations
        }
    }

    /// `[===   ] 120 of 2,160 searches  1.2M/s  ETA 3m`, the rate in evaluations.
    func line(width: Int) -> String {
        let state = state.withLock { $0 }
        if let learner = state.learner { return String("learning: \(learner)".prefix(width)) }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let rate = Double(state.evaluations) / max(elapsed, 1e-9)
        let left = rate > 0 && elapsed > 0.5 ? Double(max(0, state.missing - state.evaluations)) / rate : nil
        let parts = [
            "\(Numbers.grouped(state.done)) of \(Numbers.counted(state.all, "search", "searches"))",
            "\(Numbers.short(rate))/s", left.map { "ETA \(Numbers.brief($0))" },
        ]
        let text = parts.compactMap { $0 }.joined(separator: "  ")
        let share = Double(state.done) / Double(max(state.all, 1))
        return String((ProgressMeter.bar(share, width: width - text.count) + text).prefix(width))
    }
}
