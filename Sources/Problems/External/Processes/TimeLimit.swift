import Synchronization

/// How long an evaluation may take, of one problem on all its workers.
final class TimeLimit: Sendable {
    private let limit: EvaluationLimits.Time
    private let answered = Mutex((count: 0, longest: 0.0))

    /// The automatic limit needs so many answers, is so many times the longest of them, and no less than so many
    /// seconds: a slow evaluation has to be far out of the ordinary before it is given up.
    static let answersNeeded = 20
    static let timesLongest = 10.0
    static let leastSeconds = 600.0

    init(_ limit: EvaluationLimits.Time) { self.limit = limit }

    /// Seconds that a request for so many points may take; nil: as long as it likes.
    func allowed(points: Int) -> Double? {
        switch limit {
        case .unlimited: nil
        case .seconds(let seconds): seconds * Double(points)
        case .automatic:
            answered.withLock { answered in
                guard answered.count >= Self.answersNeeded else { return nil }
                return max(Self.leastSeconds, Self.timesLongest * answered.longest) * Double(points)
            }
        }
    }

    /// Notes an answer to a request for so many points.
    func note(seconds: Double, points: Int) {
        guard limit == .automatic else { return }
        answered.withLock {
            $0.count += points
            $0.longest = max($0.longest, seconds / Double(points))
        }
    }
}
