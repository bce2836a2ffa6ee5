import Foundation
import Inner
import Ledger
import Outer
import Problems

/// The searches of a confirmation, several at a time: those recorded are taken, the others made and recorded as they end.
struct FreshSearches: Sendable {
    let study: StudyRecord
    let ledger: Ledger
    let workers: Int
    let outages: OutageOptions
    /// Evaluations that learning has spent, if the study's purse pays; nil if it does not.
    let learned: Int?
    /// When no search is launched any more; nil if never.
    var deadline: ContinuousClock.Instant?
    /// Told what is begun.
    var announce: @Sendable (ConfirmationPlan) -> Void = { _ in }
    /// Told after every search how many of how many there are.
    var progress: @Sendable (Int, Int) -> Void = { _, _ in }

    /// Makes what is missing, and records what all of them say. While the knee is not below their end, and ceiling and purse
    /// allow, the same searches are made anew with twice the budget: to half of it they are what they were.
    ///
    /// - Returns: nil if time ran out.
    /// - Throws: `Outage` if the objective is out of reach, `CancellationError` if the task was cancelled,
    ///   `ExternalError`, `LedgerError`.
    func confirm(_ plan: ConfirmationPlan) async throws -> ConfirmationRecord? {
        var (plan, last) = (plan, nil as ConfirmationRecord?)
        while true {
            announce(plan)
            let said: ConfirmationRecord?
            do { said = try await conclusion(plan) } catch {
                // What shorter searches said holds until longer ones are made.
                try note(last)
                throw error
            }
            last = said ?? last
            if let said, said.confirmation.isCensored, let longer = try longer(than: plan) {
                plan = longer
                continue
            }
            try note(last)
            return said
        }
    }

    private func note(_ record: ConfirmationRecord?) throws {
        // Said before, word for word: nothing new to record.
        guard let record, try ledger.lastConfirmation(of: study) != record else { return }
        try ledger.record(record, of: study)
    }

    /// The plan of twice the budget, if the ceiling allows it and the purse can pay for as many searches.
    private func longer(than plan: ConfirmationPlan) throws -> ConfirmationPlan? {
        guard let longer = plan.longer(in: study.spec.space) else { return nil }
        guard let learned else { return longer }
        let fresh = try ledger.chargedFreshSearches(of: study).evaluations
        let left = study.spec.leftToConfirm(learning: learned, fresh: fresh)
        let done = try ledger.freshSearches(of: longer, in: study).count
        return (try? longer.limited(to: left, done: done))?.searches == plan.searches ? longer : nil
    }

    /// What the planned searches say, once those that are missing are made; nil if time ran out.
    private func conclusion(_ plan: ConfirmationPlan) async throws -> ConfirmationRecord? {
        let known = Set(try ledger.freshSearches(of: plan, in: study).map(\.number))
        let missing = (0..<plan.searches).filter { !known.contains($0) }
        if !missing.isEmpty { try await make(missing, plan) }
        let searches = try ledger.freshSearches(of: plan, in: study).filter { $0.number < plan.searches }
        guard searches.count == plan.searches else { return nil }
        var time: RunningTime?
        if case .target(let value) = study.spec.goal {
            time = RunningTime(searches.map(\.result.trace), target: value, budget: plan.arm.budget)
        }
        return ConfirmationRecord(
            arm: plan.arm, confirmation: KneeConfirmation(searches, of: plan, in: study.spec), runningTime: time,
            evaluations: searches.reduce(0) { $0 + $1.result.evaluations },
            seconds: searches.reduce(0) { $0 + $1.seconds })
    }

    private func make(_ numbers: [Int], _ plan: ConfirmationPlan) async throws {
        let (family, grid) = (try plan.arm.configuration.family(), study.spec.space.grid)
        switch try study.problem.make() {
        case .pure(let problem):
            try await each(numbers, plan) { stream in
                Inner.run(family, on: problem, budget: plan.budget, checkpoints: grid, stream: stream)
            }
        case .external(var problem):
            problem.outageRule = outages.rule(hasAnswered: true)
            try await problem.withEvaluator(workers: workers) { [problem] evaluator in
                try await each(numbers, plan) { stream in
                    await Inner.run(
                        family, on: problem, through: evaluator, budget: plan.budget, checkpoints: grid, stream: stream)
                }
                if let outage = await evaluator.outage { throw outage }
            }
        }
        try Task.checkCancellation()
    }

    private func each(
        _ numbers: [Int], _ plan: ConfirmationPlan, _ search: @escaping @Sendable (RandomStream) async -> SearchResult
    ) async throws {
        try await withThrowingTaskGroup(of: FreshSearch.self) { group in
            var (left, running, finished) = (numbers[...], 0, plan.searches - numbers.count)
            while true {
                while running < workers, let number = left.first, deadline.map({ $0 > .now }) ?? true {
                    left.removeFirst()
                    running += 1
                    let stream = study.spec.confirmationStream(number)
                    group.addTask {
                        let start = ContinuousClock.now
                        let result = await search(stream)
                        return FreshSearch(
                            number: number, result: result, seconds: (ContinuousClock.now - start) / .seconds(1))
                    }
                }
                guard running > 0, let done = try await group.next() else { return }
                running -= 1
                guard done.result.end == .budget else {
                    left = []
                    continue
                }
                try await ledger.record(done, of: plan, isCharged: learned != nil, in: study)
                finished += 1
                progress(finished, plan.searches)
            }
        }
    }
}
