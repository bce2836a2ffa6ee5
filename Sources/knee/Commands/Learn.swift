import ArgumentParser
import Foundation
import Ledger
import Outer
import Problems

struct Learn: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Learn how many particles and iterations a problem needs.",
        usage:
            "knee learn <problem> [<options>]\nknee learn [<options>] --bounds <low,high> --dimension <d> -- <command>")

    @OptionGroup var problem: ProblemOptions
    @OptionGroup(title: "Study") var options: StudyOptions
    @OptionGroup(title: "Time") var time: TimeOptions
    @OptionGroup(title: "Running") var running: RunningOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    @Option(help: "Name of the study (default: the problem's and a number).")
    var study: String?

    @Flag(help: "Continue the study of this name if there is one.")
    var resume = false

    func run() async throws {
        if resume, study == nil { throw Failure(usage: "--resume needs --study, the name of the study to continue.") }
        let manifest = try problem.manifest()
        let spec = try options.spec(for: manifest, dimension: manifest.dimension, hasDeadline: time.seconds != nil)
        // Before anything is recorded: a command that cannot be run is no study.
        if case .external(let command) = try manifest.make() { try command.check() }
        let workers = running.workers(lookAhead: spec.lookAhead)
        let ledger = try ledgerOptions.writing()
        let asked = StudyRecord(
            name: try study ?? StudyNames.fresh(for: manifest, in: ledger), problem: manifest, spec: spec,
            provenance: .here)
        let record = try begin(asked, in: ledger)
        if !running.quiet { Terminal.note("study \(record.name) in \(ledger.path)") }
        let run = StudyRun(
            study: record, ledger: ledger, workers: workers, seconds: time.seconds, isQuiet: running.quiet)
        try Ending.tell(try await interruptible(run.run), running.format)
    }

    /// The study of this name, new unless it is to be resumed.
    private func begin(_ asked: StudyRecord, in ledger: Ledger) throws -> StudyRecord {
        if resume, try ledger.hasStudy(named: asked.name) {
            let recorded = try ledger.study(named: asked.name)
            try Drift.refuse(recorded, asked)
            return recorded
        }
        try ledger.create(asked)
        return asked
    }
}

extension Provenance {
    /// This run of this program on this machine.
    static var here: Provenance {
        Provenance(
            created: Date.now.ISO8601Format(), commandLine: CommandLine.arguments, programVersion: Knee.version,
            host: ProcessInfo.processInfo.hostName)
    }
}
