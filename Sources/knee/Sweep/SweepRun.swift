import Dispatch
import Ledger
import Outer
import Report

/// Runs the studies of a sweep side by side, on one ledger and one set of workers.
struct SweepRun: Sendable {
    let studies: [PlannedStudy]
    let ledger: Ledger
    let workers: Int
    let deadline: Deadline?
    let meter: SweepMeter
    let isQuiet: Bool

    /// Studies that are open at a time; the others begin as these end. An open one holds its beliefs, some six megabytes.
    static let openAtOnce = 64

    /// What is known of a study afterwards.
    enum End: Sendable {
        case reported(StudyReport)
        /// It could not be begun, or not be recorded.
        case failed(Failure)
    }

    /// - Returns: how each of the studies ended; nil for those whose turn never came.
    func run() async throws -> [End?] {
        let start = ContinuousClock.now
        let turns = FairTurns(workers: workers, studies: studies.count) { (.now - start) / .seconds(1) }
        let work = Task { try await run(turns) }
        // Not tasks: searches that compute here may occupy every thread that tasks have.
        let clocks = [
            deadline.map { Self.at($0.lastLaunch) { turns.close(.time) } },
            deadline?.end.map { Self.at($0) { work.cancel() } },
        ]
        defer { for clock in clocks { clock?.cancel() } }
        return try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            work.cancel()
        }
    }

    private func run(_ turns: FairTurns) async throws -> [End?] {
        let evaluators = Evaluators(workers: workers)
        var ends = [End?](repeating: nil, count: studies.count)
        try await withThrowingTaskGroup(of: (study: Int, end: End).self) { group in
            var next = 0
            var open = 0
            while true {
                while open < max(Self.openAtOnce, 2 * workers), next < studies.count, !Task.isCancelled,
                    deadline?.isLaunchOver != true
                {
                    let study = next
                    group.addTask { (study, try await end(of: study, turns, evaluators)) }
                    next += 1
                    open += 1
                }
                guard let (study, end) = try await group.next() else { return }
                open -= 1
                ends[study] = end
                if case .reported(let report) = end, report.isDone {
                    meter.finished(purse: studies[study].content.spec.largestSpend, spent: report.evaluations)
                }
            }
        }
        return ends
    }

    private func end(of number: Int, _ turns: FairTurns, _ evaluators: Evaluators) async throws -> End {
        let study = studies[number]
        do {
            let record = study.record
            if study.recorded == nil { try ledger.create(record) }
            let run = StudyRun(
                study: record, ledger: ledger, workers: record.spec.lookAhead, evaluators: evaluators,
                turns: turns.turnstile(of: number), deadline: deadline, outages: study.outages,
                tell: { event in
                    if case .begun(let past) = event {
                        turns.charge(
                            number, seconds: past.reduce(0) { $0 + $1.seconds },
                            evaluations: past.reduce(0) { $0 + $1.result.evaluations })
                    }
                    if case .drifted(let note) = event, !isQuiet { LiveLine.note("\(record.name): \(note)") }
                    meter.hear(event, of: number)
                })
            return .reported(try await run.run())
        } catch {
            guard let failure = Failure(error) else { throw error }
            return .failed(failure)
        }
    }

    /// Does something at an instant, unless it is cancelled before.
    private static func at(
        _ instant: ContinuousClock.Instant, _ act: @escaping @Sendable () -> Void
    ) -> any DispatchSourceTimer {
        let timer = DispatchSource.makeTimerSource(queue: .global())
        timer.setEventHandler(handler: act)
        timer.schedule(deadline: .now() + max(0, (instant - .now) / .seconds(1)))
        timer.resume()
        return timer
    }
}
