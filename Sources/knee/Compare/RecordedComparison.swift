import Ledger
import Outer
import Report

/// The report of a comparison as its ledger has it.
enum RecordedComparison {
    static func report(
        _ comparison: ComparisonRecord, in ledger: Ledger, stop: StopReason? = nil
    ) async throws -> ComparisonReport {
        let searches = try ledger.searches(of: comparison)
        let learned = try await LearnedSettings.recorded(comparison, in: ledger)
        return ComparisonReport(
            comparison, searches, learned: learned, wanted: try ComparisonPlan.count(comparison.spec), stop: stop,
            ledger: ledger.path,
            program: Terminal.program)
    }

    static func rendered(_ report: ComparisonReport, _ format: Format) throws -> String {
        switch format {
        case .text: ComparisonText.render(report)
        case .json: try ComparisonJSON.render(report)
        }
    }
}
