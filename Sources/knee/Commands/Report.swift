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
        let stop = try ledger.lastStop(of: record)
        let (pulls, digests) = try ledger.digestedPulls(of: record)
        let report = try StudyReport(
            record, optimum: record.problem.optimum, pulls: pulls, stop: stop?.reason,
            outage: stop?.outage, digests: digests, confirmation: try ledger.lastConfirmation(of: record),
            fresh: try ledger.chargedFreshSearches(of: record), ledger: ledger.path,
            program: Terminal.program)
        print(try Ending.rendered(report, format))
    }
}
