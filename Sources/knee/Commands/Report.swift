import ArgumentParser
import Ledger
import Problems
import Report

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print what a study has learned, from its ledger, or write it as a page.")

    @Argument(help: "A study of 'knee status'.")
    var study: String

    @Option(help: "How the report is printed: text or json (default: text).", transform: Format.named)
    var format = Format.text

    @Option(help: "Write a page with all charts to this file instead: one file, to open in a browser.")
    var html: String?

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() async throws {
        let ledger = try ledgerOptions.reading()
        let record = try ledger.study(named: study)
        let recorded = try await RecordedReport(record, in: ledger, history: html != nil)
        if let html { return try StudyPageFile.write(recorded.report, recorded.picture, to: html) }
        print(try Ending.rendered(recorded.report, format))
        guard format == .text, let picture = recorded.picture else { return }
        for chart in picture.mainCharts {
            print("\n" + UnicodeChart.render(chart, width: Output.width, inColour: Output.isInColour))
        }
    }
}
