import ArgumentParser
import Ledger
import Problems
import Report

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print what a study has learned, from its ledger, or write it as a page.")

    @Argument(help: "A study of 'knee status'.")
    var study: String

    @Option(help: "How the report is printed: text or json (default: text).", transform: Format.named)
    var format = Format.text

    @Option(help: "Write a page with all charts to this file instead: one file, to open in a browser.")
    var html: String?

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() throws {
        let ledger = try ledgerOptions.reading()
        let record = try ledger.study(named: study)
        let (report, pulls) = try StudyReport.recordedWithPulls(record, in: ledger)
        let page = StudyPageFile(report: report, pulls: pulls, study: record, ledger: ledger)
        if let html { return try page.write(to: html) }
        print(try Ending.rendered(report, format))
        guard format == .text, let picture = try page.picture(history: false) else { return }
        for chart in picture.mainCharts {
            print("\n" + UnicodeChart.render(chart, width: Output.width, inColour: Output.isInColour))
        }
    }
}
