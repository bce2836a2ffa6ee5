import Inner

/// What stands before every search of a study that shares its workers with others.
///
/// It decides when a search runs, never which: decisions are made before, from the pulls that they may see.
public protocol Turnstile: Sendable {
    /// Waits for a worker.
    ///
    /// - Returns: nil once there is one, or why there will be none any more.
    func enter() async -> StopReason?
    /// Gives the worker back.
    func leave(seconds: Double, evaluations: Int)
}

/// How the launch of a search ended.
public enum Launched: Sendable {
    case search(SearchResult, seconds: Double)
    /// It was not its turn any more.
    case refused(StopReason)

    /// Waits for its turn, if turns are taken, and searches. The wait is not part of its seconds.
    public init(
        _ arm: Arm, _ grid: CheckpointGrid, _ stream: RandomStream, by launch: Launch, at turns: (any Turnstile)?
    )
        async
    {
        if let refusal = await turns?.enter() {
            self = .refused(refusal)
            return
        }
        let clock = ContinuousClock()
        let start = clock.now
        let result = await launch(arm, grid, stream)
        let seconds = (clock.now - start) / .seconds(1)
        turns?.leave(seconds: seconds, evaluations: result.evaluations)
        self = .search(result, seconds: seconds)
    }
}
