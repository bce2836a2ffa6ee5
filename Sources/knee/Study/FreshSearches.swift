import Foundation
import Inner
import Ledger
import Outer
import Problems

/// The searches of a confirmation, several at a time: those recorded are taken, the others made and recorded as they end.
struct FreshSearches: Sendable {
    let study: StudyRecord
    let ledger: Ledger
    let problem: OpenProblem
    let workers: Int
    /// What they wait for besides, if other studies run too.
    var turns: (any Turnstile)?
    /// Evaluations that learning has spent, if the study's purse pays; nil if it does not.
    let learned: Int?
    var deadline: Deadline?
    /// Told what is begun, and after every search how many of how many there are.
    var tell: @Sendable (StudyEvent) -> Void = { _ in }

    /// Makes what is missing, and records what all of them say. While the knee is not below their end, and ceiling and purse
    /// allow, the same searches are made anew with twice the budget: to half of it they are what they were.
    ///
    /// - Returns: nil if time ran out.
    /// - Throws: `Outage` if the objective is out of reach, `CancellationError` if the task was cancelled,
    ///   `LedgerError`.
    func confirm(_ plan: ConfirmationPlan) async throws -> ConfirmationRecord? {
        var (plan, last) = (plan, nil as ConfirmationRecord?)
        while true {
            tell(.confirming(plan))
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
        guard let record else { return }
        let last = try ledger.lastConfirmation(of: study)
        // Said before, word for word or by more searches of at least the length: nothing new to record.
        guard last != record, last.map({ !$0.saysMore(than: record) }) ?? true else { return }
        try ledger.record(record, of: study)
    }

    /// The plan of twice the budget, if the ceiling allows it and the purse can pay for as many searches.
    private func longer(than plan: ConfirmationPlan) throws -> ConfirmationPlan? {
        guard let longer = plan.longer(in: study.spec.space), study.spec.goal.canPay(for: longer.budget) else {
            return nil
        }
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
        return ConfirmationRecord(searches, of: plan, in: study.spec)
    }

    private func make(_ numbers: [Int], _ plan: ConfirmationPlan) async throws {
        try await each(numbers, plan)
        if let outage = await problem.outage { throw outage }
        try Task.checkCancellation()
    }

    private func each(_ numbers: [Int], _ plan: ConfirmationPlan) async throws {
        let space = study.spec.space
        let arm = space[space.index(configuration: plan.arm.configurationIndex, level: plan.budgets.count - 1)]
        try await withThrowingTaskGroup(of: (number: Int, end: Launched).self) { group in
            var (left, running, finished) = (numbers[...], 0, plan.searches - numbers.count)
            while true {
                while running < workers, let number = left.first, deadline?.isLaunchOver != true {
                    left.removeFirst()
                    running += 1
                    let stream = study.spec.confirmationStream(number)
                    group.addTask { (number, await Launched(arm, space.grid, stream, by: problem.launch, at: turns)) }
                }
                guard running > 0, let done = try await group.next() else { return }
                running -= 1
                guard case .search(let result, let seconds) = done.end, result.end == .budget else {
                    left = []
                    continue
                }
                let search = FreshSearch(number: done.number, result: result, seconds: seconds)
                try await ledger.record(search, of: plan, isCharged: learned != nil, in: study)
                finished += 1
                tell(.confirmed(finished, of: plan.searches, evaluations: result.evaluations))
            }
        }
    }
}
