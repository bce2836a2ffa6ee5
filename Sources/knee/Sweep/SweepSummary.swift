import Ledger
import Report

extension SweepPlan {
    /// What it would do, as far as the ledger tells already.
    func summary(workers: Int) throws -> SweepPlanSummary {
        let begun = studies.contains { $0.recorded != nil }
        let known: Ledger?
        do { known = try Ledger(at: ledger, .readOnly) } catch LedgerError.missing { known = nil }
        let speeds = try known?.secondsPerEvaluation() ?? [:]
        let spent = try known.map { try $0.studies() } ?? []
        let evaluations = Dictionary(uniqueKeysWithValues: begun ? spent.map { ($0.name, $0.evaluations) } : [])
        return SweepPlanSummary(
            sweep: name, ledger: ledger, workers: workers,
            studies: try studies.map { study in
                SweepPlanSummary.Study(
                    name: study.name, arguments: study.arguments, purse: study.content.spec.largestSpend,
                    spent: evaluations[study.name] ?? 0,
                    isDone: try known.flatMap { try study.lastStop(in: $0) }?.endsLearning ?? false,
                    secondsPerEvaluation: speeds[study.content.problem])
            })
    }
}
