/// When a run ends, whatever it has learned: first no search is launched any more, then what still runs is given up.
struct Deadline: Sendable {
    let lastLaunch: ContinuousClock.Instant
    /// Nil: searches are finished, however long they take.
    var end: ContinuousClock.Instant?

    /// In so many seconds; nil without any.
    init?(seconds: Double?) {
        guard let seconds else { return nil }
        lastLaunch = .now + .seconds(seconds)
    }

    /// In so many seconds, with a part of them kept for the end.
    init?(seconds: Double?, reserve: (Double) -> Double) {
        guard let seconds else { return nil }
        let now = ContinuousClock.now
        lastLaunch = now + .seconds(seconds - reserve(seconds))
        end = now + .seconds(seconds)
    }

    var isLaunchOver: Bool { lastLaunch <= .now }
    var isOver: Bool { end.map { $0 <= .now } ?? false }
}
