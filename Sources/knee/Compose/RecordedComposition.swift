import Foundation
import Ledger
import Report

/// A composition as its ledger has it.
enum RecordedComposition {
    /// - Parameter report: of its study.
    /// - Returns: nil if the study composes nothing, or no baseline was asked yet.
    static func report(_ report: StudyReport, of study: StudyRecord, in ledger: Ledger) throws -> CompositionReport? {
        guard study.problem.isComposition else { return nil }
        let searches = try ledger.mixtureSearches(of: study)
        guard !searches.isEmpty else { return nil }
        let fresh = try report.confirmation.map { try ledger.freshSearches(behind: $0, in: study) } ?? []
        var composition = CompositionReport(
            report, best: try ledger.bestMixture(of: study), searches: searches,
            tested: try ledger.testedMixtures(of: study), fresh: fresh, experts: study.problem.expertNames)
        let files = ComposedFiles.paths(of: study, beside: ledger.path)
        if let mixture = composition?.entries[0].mixture.point, ComposedFiles.isWritten(mixture, at: files.expert) {
            composition?.files = files
        }
        return composition
    }
}
