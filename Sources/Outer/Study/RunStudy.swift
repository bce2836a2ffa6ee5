import Inner

/// Launches one search: arm, chance, and the grid its trace is written on.
public typealias Launch = @Sendable (Arm, CheckpointGrid, RandomStream) async -> SearchResult

/// Launches searches on a problem of this process.
public func launcher(for problem: any PureProblem) -> Launch {
    { arm, grid, stream in
        guard let family = try? arm.configuration.searchFamily() else {
            preconditionFailure("arm \(arm.index) was checked when its space was made")
        }
        return run(family, on: problem, budget: arm.budget, checkpoints: grid, stream: stream)
    }
}

/// Launches searches on a problem outside this process.
///
/// - Parameter first: the chance of a study's first search, which looks whether a point has one value.
public func launcher(
    for problem: any ExternalProblem, through evaluator: any ExternalEvaluator, first: RandomStream? = nil
) -> Launch {
    { arm, grid, stream in
        guard let family = try? arm.configuration.searchFamily() else {
            preconditionFailure("arm \(arm.index) was checked when its space was made")
        }
        return await run(
            family, on: problem, through: evaluator, budget: arm.budget, checkpoints: grid, stream: stream,
            retests: stream.key == first?.key)
    }
}

/// What a study has when it stops.
public struct StudyOutcome: Sendable {
    public let stop: StopReason
    /// Finished pulls in order, those from before a resumption included.
    public let pulls: [Pull]
    /// What was believed after those of them that decisions have seen.
    public let beliefs: Beliefs
}

/// Where a running study stands.
public struct StudyProgress: Sendable {
    public let pulls: Int
    /// Evaluations of the finished pulls.
    public let evaluations: Int
    public let beliefs: Beliefs
}

/// Runs a study until something stops it.
///
/// Decision k waits for pulls 0 ... k - L and sees exactly those; the number of workers only decides how fast they
/// finish.
/// - Parameters:
///   - past: finished pulls of earlier runs, in any order; gaps are pulls that were in flight when that run was killed.
///   - recheck: a decision of the past that has to come out the same again.
///   - charged: evaluations of the purse that fresh searches have taken.
///   - sureFrom: the pull from which on it may stop for being sure.
///   - workers: searches run at once; more than L idle.
///   - turns: what every search waits for besides, if workers are shared with other studies.
///   - record: called with every finished pull before any later decision uses it; commits it.
///   - stop: asked before every launch whether to stop now (a deadline); pulls in flight are finished then.
///   - progress: called after every finished pull with what is finished and believed so far.
/// - Throws: `OtherDecision`.
/// - Returns: the outcome. Cancelling the task discards the pulls in flight and returns `.interrupted`; so does an
///   objective out of reach, which returns `.objectiveFails`.
public func runStudy(
    _ spec: StudySpec, past: [Pull] = [], recheck: Int? = nil, charged: Int = 0, sureFrom: Int = 0, workers: Int,
    at turns: (any Turnstile)? = nil,
    launch: @escaping Launch,
    record: (Pull) async throws -> Void, stop: () -> StopReason? = { nil },
    progress: (StudyProgress) -> Void = { _ in }
) async throws -> StudyOutcome {
    precondition(workers >= 1, "a study needs at least one worker, not \(workers)")
    var learner = try Learner(spec)
    var finished = PullLog(past)
    var (next, committed, running) = (0, 0, 0)
    var reason: StopReason?

    return try await withThrowingTaskGroup(of: PullEnd.self) { group in
        while true {
            // Launch what may be launched now.
            while reason == nil, running < workers, finished.isComplete(upTo: learner.visible(to: next)) {
                if let known = finished[next] {
                    if next == recheck {
                        learner.absorb(finished, for: next)
                        guard learner.again(next, committed: committed)?.isAlike(known.decision) == true else {
                            throw OtherDecision(number: next)
                        }
                    }
                    learner.follow(known)
                    committed += known.budget
                    next += 1
                    continue
                }
                reason = Task.isCancelled ? .interrupted : stop() ?? (next >= spec.maxPulls ?? .max ? .pulls : nil)
                guard reason == nil else { break }
                learner.absorb(finished, for: next)
                if learner.look(before: next, committed: committed), next >= sureFrom {
                    // What is in flight has a say too.
                    guard finished.isComplete(upTo: next) else { break }
                    let inFlight = (learner.beliefs.pulls..<next).map { finished[$0]! }
                    if learner.isSure(with: inFlight, committed: committed) {
                        reason = .sure
                        break
                    }
                }
                guard let decision = learner.decide(next, committed: committed) else {
                    reason = .purse
                    break
                }
                let (number, arm, levels) = (next, spec.space[decision.arm], learner.beliefs.levels)
                // A decision does not know of fresh searches, so that it can be computed again from the pulls.
                guard arm.budget <= spec.purse.map({ $0 - charged - committed }) ?? .max else {
                    reason = .purse
                    break
                }
                group.addTask { await launched(number, decision, arm, levels, spec, launch, turns) }
                committed += arm.budget
                next += 1
                running += 1
            }
            guard running > 0, let end = try await group.next() else { break }
            running -= 1
            let pull: Pull
            switch end {
            case .finished(let finished): pull = finished
            case .unfinished(let why):
                // Whatever ended the launches: without this pull it is not the end.
                reason = why
                continue
            }
            try await record(pull)
            finished.insert(pull)
            progress(StudyProgress(pulls: finished.count, evaluations: finished.evaluations, beliefs: learner.beliefs))
        }
        return StudyOutcome(stop: reason ?? .interrupted, pulls: finished.inOrder, beliefs: learner.beliefs)
    }
}

/// A recorded decision that this program would not have made: to go on would mix the results of two programs.
public struct OtherDecision: Error, Equatable {
    public let number: Int

    public init(number: Int) { self.number = number }
}

extension Decision {
    /// Contenders aside, which a resumed study does without: the propensity tells as much.
    fileprivate func isAlike(_ other: Decision) -> Bool { arm == other.arm && propensity == other.propensity }
}

extension Learner {
    /// Absorbs what decision `number` sees.
    fileprivate mutating func absorb(_ finished: PullLog, for number: Int) {
        while beliefs.pulls < visible(to: number) { absorb(finished[beliefs.pulls]!) }
    }
}

/// A pull, or why there is none.
private enum PullEnd: Sendable {
    case finished(Pull)
    case unfinished(StopReason)
}

/// Runs one pull.
private func launched(
    _ number: Int, _ decision: Decision, _ arm: Arm, _ levels: Int, _ spec: StudySpec, _ launch: Launch,
    _ turns: (any Turnstile)?
) async -> PullEnd {
    switch await Launched(arm, spec.space.grid, spec.searchStream(pull: number), by: launch, at: turns) {
    case .refused(let reason): .unfinished(reason)
    case .search(let result, let seconds):
        switch result.end {
        case .cancelled: .unfinished(.interrupted)
        case .objectiveFails: .unfinished(.objectiveFails)
        case .budget:
            .finished(
                Pull(
                    number: number, decision: decision, budget: arm.budget, result: result, seconds: seconds,
                    levels: levels))
        }
    }
}

/// Finished pulls by number.
private struct PullLog {
    private var pulls: [Pull?] = []
    /// Pulls 0 ..< complete are all there.
    private var complete = 0
    private(set) var count = 0
    private(set) var evaluations = 0

    init(_ past: [Pull]) {
        for pull in past { insert(pull) }
    }

    mutating func insert(_ pull: Pull) {
        while pulls.count <= pull.number { pulls.append(nil) }
        pulls[pull.number] = pull
        count += 1
        evaluations += pull.result.evaluations
        while complete < pulls.count, pulls[complete] != nil { complete += 1 }
    }

    subscript(number: Int) -> Pull? { number < pulls.count ? pulls[number] : nil }

    func isComplete(upTo count: Int) -> Bool { complete >= count }

    var inOrder: [Pull] { pulls.compactMap { $0 } }
}
