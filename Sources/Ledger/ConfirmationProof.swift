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
        for (place, record) in try confirmations(of: study).enumerated() where try !isTold(record, study) {
            flaws.append(.confirmation(place + 1))
        }
        return flaws
    }

    /// Whether fresh searches say what a record says that they do.
    private func isTold(_ record: ConfirmationRecord, _ study: StudyRecord) throws -> Bool {
        let (told, space) = (record.confirmation, study.spec.space)
        guard
            let plan = ConfirmationPlan(record.arm, budgets: told.budgets, searches: told.searches, of: space)
        else { return false }
        let searches = try freshSearches(behind: record, in: study)
        return searches.count == plan.searches && ConfirmationRecord(searches, of: plan, in: study.spec) == record
    }
}
