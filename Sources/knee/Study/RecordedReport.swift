import Ledger
import Outer
import Report

extension StudyReport {
    /// The report of a study as its ledger has it.
    static func recorded(_ study: StudyRecord, in ledger: Ledger) throws -> StudyReport {
        try recordedWithPulls(study, in: ledger).report
    }

    /// The same, and the study's finished pulls, bare.
    static func recordedWithPulls(
        _ study: StudyRecord, in ledger: Ledger
    ) throws -> (report: StudyReport, pulls: [Pull]) {
        let stop = try ledger.lastStop(of: study)
        let (pulls, digests) = try ledger.digestedPulls(of: study)
        let report = try StudyReport(
            study, optimum: study.problem.optimum, pulls: pulls, stop: stop?.reason, outage: stop?.outage,
            digests: digests, confirmation: try ledger.lastConfirmation(of: study),
            fresh: try ledger.chargedFreshSearches(of: study),
            ledger: ledger.path, program: Terminal.program)
        return (report, pulls)
    }
}
