import ArgumentParser
import Ledger
import Problems
import Report

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Print what a study has learned, from its ledger.")

    @Argument(help: "A study of 'knee status'.")
    var study: String

    @Option(help: "How the report is printed: text or json (default: text).", transform: Format.named)
    var format = Format.text

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() throws {
        let ledger = try ledgerOptions.reading()
        let record = try ledger.study(named: study)
        let report = try StudyReport.recorded(record, in: ledger)
        print(try Ending.rendered(report, format))
    }
}
