import Foundation
import Outer
import Report
import Synchronization

/// Shows on standard error where a study stands: a live line on a terminal, else one plain line a minute.
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
        var pulls: Int
        var evaluations: Int
        let evaluationsBefore: Int
        var leader: String?
    }

    /// - Parameter past: what an earlier run has finished.
    init(_ limits: Limits, past: [Pull]) {
        self.limits = limits
        let evaluations = past.reduce(0) { $0 + $1.result.evaluations }
        state = Mutex(State(pulls: past.count, evaluations: evaluations, evaluationsBefore: evaluations))
    }

    func update(_ progress: StudyProgress) {
        let leader = progress.beliefs.leader().map(ExplainText.label)
        state.withLock {
            $0.pulls = progress.pulls
            $0.evaluations = progress.evaluations
            $0.leader = leader ?? $0.leader
        }
    }

    /// Shows progress while `work` runs.
    func show<Value>(_ work: () async throws -> Value) async rethrows -> Value {
        let isLive = Terminal.isLive
        let ticker = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: isLive ? .milliseconds(200) : .seconds(60))
                Terminal.write(isLive ? "\r\u{1B}[K" + line(width: Terminal.width - 1) : line(width: 200) + "\n")
            }
        }
        defer {
            ticker.cancel()
            if isLive { Terminal.write("\r\u{1B}[K") }
        }
        return try await work()
    }

    /// `[=====     ] 47 %  188k evaluations  41k/s  98 searches  best 20 x 100, w 0.6, ring:1  ETA 5 s`
    func line(width: Int) -> String {
        let state = state.withLock { $0 }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        let fresh = Double(state.evaluations - state.evaluationsBefore)
        let rate = elapsed > 0 ? fresh / elapsed : 0
        var parts: [String] = []
        let share = share(state, elapsed)
        if let share { parts.append(bar(share) + " " + Numbers.percent(share)) }
        parts.append("\(Numbers.grouped(state.pulls)) searches")
        parts.append("\(Numbers.short(rate)) evaluations/s")
        if let remaining = remaining(state, elapsed, rate) { parts.append("ETA \(Numbers.duration(remaining))") }
        if let leader = state.leader { parts.append("best \(leader)") }
        return String(parts.joined(separator: "  ").prefix(width))
    }

    private func bar(_ share: Double) -> String {
        let cells = 12
        let full = Int((share * Double(cells)).rounded(.down))
        return "[" + String(repeating: "=", count: full) + String(repeating: " ", count: cells - full) + "]"
    }

    /// The share of the limit that is nearest.
    private func share(_ state: State, _ elapsed: Double) -> Double? {
        [
            limits.evaluations.map { Double(state.evaluations) / Double($0) },
            limits.pulls.map { Double(state.pulls) / Double(max($0, 1)) },
            limits.seconds.map { elapsed / max($0, 1e-9) },
        ].compactMap { $0 }.max().map { min($0, 1) }
    }

    private func remaining(_ state: State, _ elapsed: Double, _ rate: Double) -> Double? {
        guard elapsed > 0.5, rate > 0 else { return nil }
        return [
            limits.evaluations.map { Double(max(0, $0 - state.evaluations)) / rate },
            limits.seconds.map { max(0, $0 - elapsed) },
        ].compactMap { $0 }.min()
    }
}
