import Foundation
import Ledger
import Outer
import Report

/// A study as its ledger has it: its report, and what its charts are drawn from.
struct RecordedReport: Sendable {
    let report: StudyReport
    /// Nil if nothing was learned yet.
    let picture: StudyPicture?
    /// The finished pulls, bare.
    let pulls: [Pull]

    /// - Parameter history: whether to tell how sure the study was after how much, which takes most of the time.
    init(_ study: StudyRecord, in ledger: Ledger, history: Bool) async throws {
        let stop = try ledger.lastStop(of: study)
        let pulls = try ledger.pulls(of: study, .bare)
        // Pulls once recorded stay as they are, so these are theirs even if more are recorded meanwhile. Reading them takes as
        // long as the verdict.
        async let digests = ledger.digests(of: pulls, in: study)
        let landscape = try Landscape(study.spec, pulls, history: history)
        var report = try StudyReport(
            study, optimum: study.problem.optimum, pulls: pulls, stop: stop?.reason, outage: stop?.outage,
            verdict: landscape?.verdict, digests: try await digests,
            confirmation: try ledger.lastConfirmation(of: study),
            fresh: try ledger.chargedFreshSearches(of: study),
            begun: try StudyReport.freshSearches(landscape?.verdict, study, ledger), ledger: ledger.path,
            program: Terminal.program)
        let page = StudyPageFile.path(of: study.name, beside: ledger.path)
        if FileManager.default.fileExists(atPath: page) { report.page = page }
        self.report = report
        self.pulls = pulls
        picture = try landscape.map { try StudyPicture(report, $0, pulls, study: study, in: ledger) }
    }
}

extension StudyPicture {
    /// With the fresh searches of the ledger.
    init(_ report: StudyReport, _ landscape: Landscape, _ pulls: [Pull], study: StudyRecord, in ledger: Ledger) throws {
        let fresh = try report.confirmation.map { try ledger.freshSearches(behind: $0, in: study) }
        self.init(report, landscape, pulls, fresh: fresh ?? [])
    }
}
