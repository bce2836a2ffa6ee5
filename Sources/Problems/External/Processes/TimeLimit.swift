import Synchronization

/// How long an evaluation may take, of one problem on all its workers.
final class TimeLimit: Sendable {
    private let limit: EvaluationLimits.Time
    private let answered = Mutex((count: 0, longest: 0.0))

    /// A slow evaluation has to be far out of the ordinary before it is given up: it may take so many times the longest
    /// that was answered, and no less than so many seconds. While few were answered the ordinary is hardly known.
    struct Patience {
        let timesLongest: Double
        let leastSeconds: Double

        static let atFirst = Patience(timesLongest: 100, leastSeconds: 3600)
        static let later = Patience(timesLongest: 10, leastSeconds: 600)
        static let answersNeeded = 20
    }

    init(_ limit: EvaluationLimits.Time, insteadOfAutomatic seconds: Double? = nil) {
        self.limit = limit == .automatic ? seconds.map(EvaluationLimits.Time.seconds) ?? limit : limit
    }

    /// Seconds that a request for so many points may take, as far as is known now; nil: as long as it likes.
    func allowed(points: Int) -> Double? {
        switch limit {
        case .unlimited: nil
        case .seconds(let seconds): seconds * Double(points)
        case .automatic:
            answered.withLock { answered in
                guard answered.count > 0 else { return nil }
                let patience = answered.count < Patience.answersNeeded ? Patience.atFirst : Patience.later
                return max(patience.leastSeconds, patience.timesLongest * answered.longest) * Double(points)
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
