import Foundation
import Outer
import Report
import Synchronization

/// Where a study stands, in a line.
final class ProgressMeter: Sendable {
    private let limits: Limits
    private let state: Mutex<State>
    private let start = ContinuousClock.now

    /// What ends the study, as far as it is known beforehand.
    struct Limits: Sendable {
        let evaluations: Int?
        let pulls: Int?
        let seconds: Double?
    }

    private struct State {
        var pulls = 0
        var evaluations = 0
        var pullsBefore = 0
        var evaluationsBefore = 0
        var leader: String?
        /// Once there are some: fresh searches that are made, of how many.
        var fresh: (done: Int, all: Int)?
        /// What comes after them, if anything.
        var baseline: String?
    }

    init(_ limits: Limits) {
        self.limits = limits
        state = Mutex(State())
    }

    /// Takes note, and says what a user should know.
    func hear(_ event: StudyEvent) {
        switch event {
        case .begun(let past):
            let evaluations = past.reduce(0) { $0 + $1.result.evaluations }
            state.withLock {
                ($0.pulls, $0.pullsBefore) = (past.count, past.count)
                ($0.evaluations, $0.evaluationsBefore) = (evaluations, evaluations)
            }
        case .drifted(let note): LiveLine.note(note)
        case .searched(let progress):
            let leader = progress.beliefs.leader().map(SettingsText.label)
            state.withLock {
                ($0.pulls, $0.evaluations) = (progress.pulls, progress.evaluations)
                $0.leader = leader ?? $0.leader
            }
        case .noPage(let sentence): LiveLine.note("no page: \(sentence)")
        case .noisy(let retest): LiveLine.note("warning: \(ReportText.sentence(retest))")
        case .confirming(let plan):
            state.withLock { $0.fresh = (0, plan.searches) }
            LiveLine.note("confirming: \(plan.searches) fresh searches of \(Numbers.grouped(plan.budget)) evaluations")
        case .composing(let method, let done, let all):
            state.withLock {
                $0.baseline =
                    "\(method): \(Numbers.short(Double(done))) of \(Numbers.short(Double(all))) \(method == "tests" ? "mixtures" : "evaluations")"
            }
        case .confirmed(let done, let all, _): state.withLock { $0.fresh = (done, all) }
        }
    }

    /// `[======    ] 47%  98 pulls  41k/s  ETA 5s  best 20 x 100, w 0.6, ring:1`, the rate in evaluations.
    ///
    /// The arm is what a watcher waits for: bar and rate make way for it where the line is short.
    func line(width: Int) -> String {
        let state = state.withLock { $0 }
        if let baseline = state.baseline { return String(baseline.prefix(width)) }
        if let fresh = state.fresh { return "\(fresh.done) of \(fresh.all) fresh searches" }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let share = share(state, elapsed)
        let rate = elapsed > 0 ? Double(state.evaluations - state.evaluationsBefore) / elapsed : 0
        var parts = [
            share.map { "\(Int(100 * $0))%" }, Numbers.counted(state.pulls, "pull", "pulls"),
            "\(Numbers.short(rate))/s", remaining(state, elapsed).map { "ETA \(Numbers.brief($0))" },
            state.leader.map { "best \($0)" },
        ]
        if joined(parts).count > width { parts[2] = nil }
        let text = joined(parts)
        return String(((share.map { Self.bar($0, width: width - text.count) } ?? "") + text).prefix(width))
    }

    private func joined(_ parts: [String?]) -> String { parts.compactMap { $0 }.joined(separator: "  ") }

    /// The bar with a blank behind it, in what is left of the line; empty where that is too little to see.
    static func bar(_ share: Double, width: Int) -> String {
        let cells = min(12, width - 3)
        guard cells >= 4 else { return "" }
        let full = Int((share * Double(cells)).rounded(.down))
        return "[" + String(repeating: "=", count: full) + String(repeating: " ", count: cells - full) + "] "
    }

    /// The share of the limit that is nearest.
    private func share(_ state: State, _ elapsed: Double) -> Double? {
        [
            limits.evaluations.map { Double(state.evaluations) / Double($0) },
            limits.pulls.map { Double(state.pulls) / Double(max($0, 1)) },
            limits.seconds.map { elapsed / max($0, 1e-9) },
        ].compactMap { $0 }.max().map { min($0, 1) }
    }

    /// Seconds to the limit that is nearest at the pace so far; nil while there is no pace.
    private func remaining(_ state: State, _ elapsed: Double) -> Double? {
        func left(_ now: Int, _ before: Int, of limit: Int?) -> Double? {
            guard let limit, now > before else { return nil }
            return Double(max(0, limit - now)) * elapsed / Double(now - before)
        }
        guard elapsed > 0.5 else { return nil }
        return [
            left(state.evaluations, state.evaluationsBefore, of: limits.evaluations),
            left(state.pulls, state.pullsBefore, of: limits.pulls),
            limits.seconds.map { max(0, $0 - elapsed) },
        ].compactMap { $0 }.min()
    }
}
