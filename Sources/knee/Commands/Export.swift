import ArgumentParser
import Foundation
import Ledger
import Report

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the searches of a study or comparison for other programs.")

    @Argument(help: "A study or comparison of 'knee status'.")
    var study: String

    enum Target: String, NamedChoice {
        case csv, json, jsonl, iohprofiler, coco
        static let kind = "format"
    }

    @Option(
        help:
            "csv (one line a search) or json (all of every search; what was composed of them is in 'report --format json'); of comparisons also jsonl (one line a search), iohprofiler and coco (a folder, for IOHanalyzer and cocopp); default: csv.",
        transform: Target.named)
    var format = Target.csv

    @Flag(help: "With csv: one line a checkpoint of every search, or an improvement.")
    var traces = false

    @Flag(help: "With csv: one line an evaluation of a command that failed, with its evidence.")
    var failures = false

    @Option(help: "Write to this file instead of standard output; the folder, where files are several.")
    var output: String?

    @Option(
        help:
            "Write every chart of the page to this folder, as SVG and as a Vega-Lite specification with its data."
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
        if try !ledger.hasStudy(named: study), try ledger.hasComparison(named: study) {
            return try await write(try ledger.comparison(named: study), in: ledger)
        }
        let record = try ledger.study(named: study)
        if let charts { return try await write(record, in: ledger, to: charts) }
        let pulls = try ledger.pulls(of: record)
        let text =
            switch format {
            case .csv where traces: Export.tracesCSV(pulls, of: record)
            case .csv where failures: Export.failuresCSV(pulls, of: record)
            case .csv: Export.pullsCSV(pulls, of: record)
            case .json: try Export.json(pulls, of: record)
            case .jsonl, .iohprofiler, .coco:
                throw Failure(usage: "--format \(format.rawValue) is for comparisons; '\(study)' is a study.")
            }
        try tell(text)
    }

    private func tell(_ text: String) throws {
        if let output { try DurableFile.write(text, to: output) } else { print(text, terminator: "") }
    }

    private func write(_ comparison: ComparisonRecord, in ledger: Ledger) async throws {
        if failures { throw Failure(usage: "--failures is for studies; '\(study)' is a comparison.") }
        if let charts {
            let report = try await RecordedComparison.report(comparison, in: ledger)
            return try write(ComparisonPage.charts(report), to: charts)
        }
        let exported = try ComparisonFiles.exported(comparison, in: ledger)
        switch format {
        case .csv: try tell(traces ? ComparisonCSV.improvements(exported) : ComparisonCSV.runs(exported))
        case .json:
            try tell(try ComparisonJSON.render(try await RecordedComparison.report(comparison, in: ledger)) + "\n")
        case .jsonl: try tell(ComparisonJSONLines.files(exported).map(\.text).joined())
        case .iohprofiler: try write(IOHprofilerExport.files(exported), leftOut: 0)
        case .coco:
            let (files, leftOut) = COCOExport.files(exported)
            try write(files, leftOut: leftOut.count)
        }
    }

    private func write(_ files: [ExportedFile], leftOut: Int) throws {
        guard let output else {
            throw Failure(usage: "--format \(format.rawValue) is a folder of files: give it with --output.")
        }
        guard !files.isEmpty else {
            throw Failure(usage: "'\(study)' has no searches that --format \(format.rawValue) has a place for.")
        }
        try ComparisonFiles.write(files, to: output)
        if leftOut > 0 {
            Terminal.note(
                "left out: \(Numbers.counted(leftOut, "search", "searches")) of problems that are not of the suite, or without a value at first."
            )
        }
    }

    private func write(_ record: StudyRecord, in ledger: Ledger, to folder: String) async throws {
        guard let picture = try await RecordedReport(record, in: ledger, history: true).picture else {
            throw Failure(usage: "study '\(study)' has learned nothing yet: there are no charts.")
        }
        try write(picture.charts, to: folder)
    }

    private func write(_ charts: [Chart], to folder: String) throws {
        for chart in charts {
            let files = [("vl.json", try VegaLite.specification(chart)), ("svg", chart.svg)]
            for (ending, text) in files {
                try DurableFile.write(text, to: "\(folder)/\(chart.name).\(ending)", makingFolder: true)
            }
        }
    }
}
