import ArgumentParser
import Foundation
import Problems
import Report

struct Sweep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Learn from many problems in one go, with a report in the morning.",
        discussion: """
            FILE is a YAML manifest: the long options of 'learn' are its keys, and a list of values means one study each; \
            docs/sweep.md describes it. The studies share the workers in fair turns. Stopped at any point, the same command \
            goes on; each study ends as it would alone.

            Exit codes: 0 all studies are sure, 3 some are not yet, 4 some objective keeps failing or cannot be asked, 130 \
            interrupted.
            """)

    @Argument(help: "A manifest in YAML.")
    var file: String

    @Flag(help: "Print the studies, and what they spend at most; do and write nothing.")
    var dryRun = false

    @Flag(help: "Print the report as the ledger has it; run nothing.")
    var report = false

    @OptionGroup(title: "Time") var time: TimeOptions

    @Option(
        parsing: .unconditional,
        help: "Searches at once, of all studies together, and evaluations of commands (default: one a core).",
        transform: Quantity.workers)
    var workers = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "How the report is printed: text or json (default: text).", transform: Format.named)
    var format = Format.text

    @Option(
        help: "Write the report as a page to this file (default: report.html beside report.txt; none with --report).")
    var html: String?

    @Flag(help: "No progress on standard error.")
    var quiet = false

    @Option(help: "The SQLite file that remembers all studies, instead of the manifest's.")
    var ledger: String?

    func run() async throws {
        if dryRun, report { throw Failure(usage: "give --dry-run or --report, not both.") }
        let deadline = Deadline(seconds: time.seconds, reserve: Self.reserve)
        let plan = try SweepPlan(at: file, ledger: ledger)
        if dryRun {
            let summary = try plan.summary(workers: workers)
            return print(format == .text ? SweepPlanText.render(summary) : try SweepPlanText.json(summary))
        }
        if report {
            let recorded = try await MorningReport.recorded(plan, workers: workers)
            print(try rendered(recorded, format))
            if let html { try writePage(of: recorded, to: html) }
            return
        }
        let ended = try await interruptible { try await MorningReport.running(plan, self, deadline) }
        print(try rendered(ended.report, format))
        let text = SweepText.render(ended.report, workers: workers) + "\n"
        try DurableFile.write(text, to: plan.reportPath(ending: "txt"), makingFolder: true)
        try writePage(of: ended.report, to: html ?? plan.reportPath(ending: "html"))
        if ended.exit == Exit.interrupted { Terminal.note("interrupted; continue with: \(continuation)") }
        if let exit = ended.exit { throw exit }
    }

    private func writePage(of report: SweepReport, to path: String) throws {
        try DurableFile.write(SweepPage.render(report, workers: workers), to: path, makingFolder: true)
    }

    /// Seconds at the end of a night in which no search is launched any more: searches end, and the report is made.
    private static func reserve(_ seconds: Double) -> Double { min(300, 0.05 * seconds) }

    private var continuation: String {
        "\(ShellWord.quoted(Terminal.program)) sweep \(ShellWord.quoted(file))"
            + (ledger.map { " --ledger \(ShellWord.quoted($0))" } ?? "")
    }

    private func rendered(_ report: SweepReport, _ format: Format) throws -> String {
        switch format {
        case .text: SweepText.render(report, workers: workers)
        case .json: try SweepJSON.render(report, workers: workers)
        }
    }
}
