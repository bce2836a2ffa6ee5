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
    @OptionGroup(title: "Outages") var outages: OutageOptions
    @OptionGroup(title: "Running") var running: RunningOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    @OptionGroup var naming: StudyNaming

    func run() async throws {
        let recorded = try naming.recorded(in: ledgerOptions)
        if let recorded, recorded.problem.isComposition {
            throw Failure(
                usage:
                    "study '\(recorded.name)' composes experts; continue it with \(Failure.command("resume", recorded.name))."
            )
        }
        let (manifest, spec) = try asked(from: recorded)
        try naming.check(recorded, manifest, spec, time)
        // Before anything is recorded: a command that cannot be run is no study.
        if case .external(let command) = try manifest.make() { try command.check() }
        let ledger = try ledgerOptions.writing()
        let record = try naming.begin(manifest, spec, from: recorded, in: ledger)
        if !running.quiet { Terminal.note("study \(record.name) in \(ledger.path)") }
        try await Ending.tell(
            StudyRun.watched(record, in: ledger, time: time, outages: outages, running: running), running.format)
    }

    /// The study that is asked for; what is not said is the recorded one's, if it is continued.
    func asked(from recorded: StudyRecord?) throws -> (ProblemManifest, StudySpec) {
        let manifest = try problem.manifest(from: recorded?.problem)
        let spec = try options.spec(
            for: manifest, hasDeadline: time.seconds != nil, ledger: ledgerOptions, from: recorded?.spec)
        return (manifest, spec)
    }
}

extension Provenance {
    /// This run of this program on this machine.
    static func here(_ commandLine: [String] = CommandLine.arguments) -> Provenance {
        Provenance(
            created: Date.now.ISO8601Format(), commandLine: commandLine, programVersion: Knee.version,
            host: ProcessInfo.processInfo.hostName)
    }
}
