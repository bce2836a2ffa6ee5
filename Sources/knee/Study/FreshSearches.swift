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
    /// Whether the study's purse pays.
    let isCharged: Bool
    /// When no search is launched any more; nil if never.
    var deadline: ContinuousClock.Instant?
    /// Told after every search how many there are.
    var progress: @Sendable (Int) -> Void = { _ in }

    /// Makes what is missing, and records what all of them say.
    ///
    /// - Returns: nil if time ran out.
    /// - Throws: `Outage` if the objective is out of reach, `CancellationError` if the task was cancelled,
    ///   `ExternalError`, `LedgerError`.
    func confirm(_ plan: ConfirmationPlan) async throws -> ConfirmationRecord? {
        let known = Set(try ledger.freshSearches(of: plan, in: study).map(\.number))
        let missing = (0..<plan.searches).filter { !known.contains($0) }
        if !missing.isEmpty { try await make(missing, plan) }
        let searches = try ledger.freshSearches(of: plan, in: study).filter { $0.number < plan.searches }
        guard searches.count == plan.searches else { return nil }
        var time: RunningTime?
        if case .target(let value) = study.spec.goal {
            time = RunningTime(searches.map(\.result.trace), target: value, budget: plan.arm.budget)
        }
        let record = ConfirmationRecord(
            arm: plan.arm, confirmation: KneeConfirmation(searches, of: plan, in: study.spec), runningTime: time,
            evaluations: searches.reduce(0) { $0 + $1.result.evaluations },
            seconds: searches.reduce(0) { $0 + $1.seconds })
        // Said before, word for word: nothing new to record.
        if try ledger.lastConfirmation(of: study) != record { try ledger.record(record, of: study) }
        return record
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
                try await ledger.record(done, of: plan, isCharged: isCharged, in: study)
                finished += 1
                progress(finished)
            }
        }
    }
}
