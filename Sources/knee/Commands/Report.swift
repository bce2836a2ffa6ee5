import ArgumentParser
import Ledger
import Problems
import Report

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Print what a study has learned, or a comparison found, from its ledger, or write it as a page.")

    @Argument(help: "A study or comparison of 'knee status'.")
    var study: String

    @Option(help: "How the report is printed: text or json (default: text).", transform: Format.named)
    var format = Format.text

    @Option(help: "Write a page with all charts to this file instead: one file, to open in a browser.")
    var html: String?

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() async throws {
        let ledger = try ledgerOptions.reading()
        if try !ledger.hasStudy(named: study), try ledger.hasComparison(named: study) {
            return try await tell(try ledger.comparison(named: study), in: ledger)
        }
        let record = try ledger.study(named: study)
        let recorded = try await RecordedReport(record, in: ledger, history: html != nil)
        let composition = try RecordedComposition.report(recorded.report, of: record, in: ledger)
        if let html { return try StudyPageFile.write(recorded.report, recorded.picture, composition, to: html) }
        print(try Ending.rendered(recorded.report, format, composition))
        guard format == .text, let picture = recorded.picture else { return }
        for chart in picture.mainCharts {
            print("\n" + UnicodeChart.render(chart, width: Output.width, inColour: Output.isInColour))
        }
    }

    private func tell(_ comparison: ComparisonRecord, in ledger: Ledger) async throws {
        let report = try await RecordedComparison.report(comparison, in: ledger)
        if let html { return try DurableFile.write(ComparisonPage.render(report), to: html, makingFolder: true) }
        print(try RecordedComparison.rendered(report, format))
    }
}
