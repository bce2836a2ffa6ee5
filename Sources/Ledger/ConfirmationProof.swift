import Inner
import Outer

extension Ledger {
    /// What contradicts a study's fresh searches, and what is noted of them.
    func confirmations(_ study: StudyRecord, _ proof: inout SearchProof) throws -> [StudyProof.Flaw] {
        var flaws: [StudyProof.Flaw] = []
        for (budget, search) in try allFreshSearches(of: study)
        where !proof.isConsistent(search.result) || !proof.isWorth(search.result.best) {
            flaws.append(.fresh(number: search.number, budget: budget))
        }
        let records = try confirmations(of: study)
        for (place, record) in records.enumerated()
        where try !isTold(record, study, wholly: place == records.count - 1) { flaws.append(.confirmation(place + 1)) }
        return flaws
    }

    /// Whether fresh searches say what a record says that they do.
    ///
    /// - Parameter wholly: its knee too, which other programs may have seen elsewhere.
    private func isTold(_ record: ConfirmationRecord, _ study: StudyRecord, wholly: Bool) throws -> Bool {
        let (told, space) = (record.confirmation, study.spec.space)
        guard
            let plan = ConfirmationPlan(record.arm, budgets: told.budgets, searches: told.searches, of: space)
        else { return false }
        let searches = try freshSearches(behind: record, in: study)
        guard searches.count == plan.searches else { return false }
        let again = ConfirmationRecord(searches, of: plan, in: study.spec)
        return wholly
            ? again == record
            : again.evaluations == record.evaluations && again.seconds == record.seconds
                && again.confirmation.medians == told.medians && again.confirmation.doublingWins == told.doublingWins
    }
}
