import ArgumentParser
import Foundation
import Inner
import Ledger
import Outer
import Problems
import Report

struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compare families of searches, with statistics.",
        usage: """
            knee compare --families <f,f,...> --problems <p,p,...> [<options>]
            knee compare --families <f,f,...> <problem> [<options>]
            knee compare --families <f,f,...> [<options>] -- <command>
            """,
        discussion: """
            Every family searches every block of every problem: the same instance, initial points and seeds for all. The \
            report says which can be told apart; it may be looked at while searches are still made. Stopped at any point, \
            the same command with --resume goes on; with more families, problems or blocks it makes what is missing.

            Exit codes: 0 all searches are made, 3 time was up before, 4 the objective keeps failing, 130 interrupted.
            """)

    @OptionGroup var problem: ProblemOptions
    @OptionGroup(title: "Comparison") var options: CompareOptions
    @OptionGroup(title: "Time") var time: TimeOptions
    @OptionGroup(title: "Outages") var outages: OutageOptions
    @OptionGroup(title: "Running") var running: RunningOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    @Option(help: "Name of the comparison (default: compare and a number).")
    var name: String?

    @Flag(help: "Continue the comparison of this name if there is one.")
    var resume = false

    func run() async throws {
        if resume, name == nil { throw Failure(usage: "--resume needs --name, the comparison to continue.") }
        let spec = try options.spec(problem)
        for problem in spec.problems {
            if case .external(let command) = try problem.manifest.make() { try command.check() }
        }
        let ledger = try ledgerOptions.writing()
        let record = try begin(spec, in: ledger)
        if !running.quiet { Terminal.note("comparison \(record.name) in \(ledger.path)") }
        let run = ComparisonRun(
            comparison: record, ledger: ledger,
            workers: running.workers ?? ProcessInfo.processInfo.activeProcessorCount,
            deadline: Deadline(seconds: time.seconds), outages: outages, meter: ComparisonMeter())
        let stop = try await interruptible { [running] in
            let work = { @Sendable in try await run.run() }
            return running.quiet ? try await work() : try await LiveLine.show(run.meter.line, while: work)
        }
        var report = try await RecordedComparison.report(record, in: ledger, stop: stop)
        if running.page { report.page = writePage(of: report) }
        print(try RecordedComparison.rendered(report, running.format))
        switch stop {
        case nil: break
        case .interrupted:
            Terminal.note("interrupted; continue with the same command and --name \(record.name) --resume")
            throw Exit.interrupted
        case .objectiveFails: throw Exit.objectiveFails
        default: throw Exit.notSure
        }
    }

    /// The comparison as it is recorded, grown if more is asked for, or a new one.
    private func begin(_ spec: ComparisonSpec, in ledger: Ledger) throws -> ComparisonRecord {
        let make = { ComparisonRecord(name: $0, spec: spec, provenance: .here()) }
        guard let name else {
            var number = 1
            while try ledger.hasComparison(named: "compare-\(number)") { number += 1 }
            try ledger.create(make("compare-\(number)"))
            return make("compare-\(number)")
        }
        if resume, try ledger.hasComparison(named: name) {
            let recorded = try ledger.comparison(named: name)
            guard spec.extends(recorded.spec) else {
                throw Failure(
                    usage:
                        "comparison '\(name)' was begun otherwise: it can be given more families, problems or blocks, and nothing else; choose another --name."
                )
            }
            return recorded.spec == spec ? recorded : try ledger.extend(recorded, to: spec)
        }
        try ledger.create(make(name))
        return make(name)
    }

    private func writePage(of report: ComparisonReport) -> String? {
        let path = StudyPageFile.path(of: report.name, beside: report.ledger)
        do {
            try DurableFile.write(ComparisonPage.render(report), to: path, makingFolder: true)
            return path
        } catch {
            if !running.quiet { Terminal.note("no page: \(Failure(error)?.sentence ?? "\(error)")") }
            return nil
        }
    }
}
