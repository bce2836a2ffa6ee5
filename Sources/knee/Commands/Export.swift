import ArgumentParser
import Foundation
import Ledger
import Report

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a study's searches for other programs.")

    @Argument(help: "A study of 'knee status'.")
    var study: String

    enum Target: String, NamedChoice {
        case csv, json
        static let kind = "format"
    }

    @Option(help: "csv (one line a search) or json (everything); default: csv.", transform: Target.named)
    var format = Target.csv

    @Flag(help: "With csv: one line a checkpoint of every search.")
    var traces = false

    @Flag(help: "With csv: one line an evaluation of a command that failed, with its evidence.")
    var failures = false

    @Option(help: "Write to this file instead of standard output.")
    var output: String?

    @Option(
        help:
            "Write every chart of the study's page to this folder, as SVG and as a Vega-Lite specification with its data."
    )
    var charts: String?

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() async throws {
        for (flag, isGiven, what) in [("--traces", traces, "traces"), ("--failures", failures, "failures")]
        where isGiven && format == .json {
            throw Failure(usage: "\(flag) is for csv; json holds the \(what) already.")
        }
        if charts != nil, traces || failures || output != nil || format != .csv {
            throw Failure(usage: "--charts writes charts only; leave the other options out.")
        }
        if traces, failures { throw Failure(usage: "give --traces or --failures, not both.") }
        let ledger = try ledgerOptions.reading()
        let record = try ledger.study(named: study)
        if let charts { return try await write(record, in: ledger, to: charts) }
        let pulls = try ledger.pulls(of: record)
        let text =
            switch format {
            case .csv where traces: Export.tracesCSV(pulls, of: record)
            case .csv where failures: Export.failuresCSV(pulls, of: record)
            case .csv: Export.pullsCSV(pulls, of: record)
            case .json: try Export.json(pulls, of: record)
            }
        if let output { try DurableFile.write(text, to: output) } else { print(text, terminator: "") }
    }

    private func write(_ record: StudyRecord, in ledger: Ledger, to folder: String) async throws {
        guard let picture = try await RecordedReport(record, in: ledger, history: true).picture else {
            throw Failure(usage: "study '\(study)' has learned nothing yet: there are no charts.")
        }
        for chart in picture.charts {
            let files = [("vl.json", try VegaLite.specification(chart)), ("svg", chart.svg)]
            for (ending, text) in files {
                try DurableFile.write(text, to: "\(folder)/\(chart.name).\(ending)", makingFolder: true)
            }
        }
    }
}
