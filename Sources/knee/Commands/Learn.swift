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

    @Option(help: "Name of the study (default: the problem's and a number).")
    var study: String?

    @Flag(help: "Continue the study of this name if there is one, with its own options where none are given.")
    var resume = false

    @Flag(help: "With --resume: if options differ from the study's, begin another one instead, under a new name.")
    var forceNew = false

    func run() async throws {
        if resume, study == nil { throw Failure(usage: "--resume needs --study, the name of the study to continue.") }
        if forceNew, !resume { throw Failure(usage: "--force-new is for --resume; without it every study is new.") }
        let recorded = try recordedStudy()
        let (manifest, spec) = try asked(from: recorded)
        if let recorded { try refuseDrift(recorded, manifest, spec) }
        // Before anything is recorded: a command that cannot be run is no study.
        if case .external(let command) = try manifest.make() { try command.check() }
        let ledger = try ledgerOptions.writing()
        let record = try begin(manifest, spec, from: recorded, in: ledger)
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

    /// The study to continue; nil if there is none.
    private func recordedStudy() throws -> StudyRecord? {
        guard resume, let study else { return nil }
        do {
            return try ledgerOptions.reading().study(named: study)
        } catch LedgerError.missing, LedgerError.noStudy {
            return nil
        }
    }

    private func refuseDrift(_ recorded: StudyRecord, _ manifest: ProblemManifest, _ spec: StudySpec) throws {
        try time.checkEnd(of: spec, study: recorded.name)
        let flags = Drift.flags(recorded, manifest, spec)
        guard flags.isEmpty || forceNew else { throw Failure(drift: flags, from: recorded.name) }
    }

    /// The study as it is recorded, or a new one.
    private func begin(
        _ manifest: ProblemManifest, _ spec: StudySpec, from recorded: StudyRecord?, in ledger: Ledger
    ) throws -> StudyRecord {
        let make = { StudyRecord(name: $0, problem: manifest, spec: spec, provenance: .here()) }
        if let recorded {
            if Drift.flags(recorded, manifest, spec).isEmpty { return recorded }
            return try StudyNames.create(recorded.name, from: 2, in: ledger, make)
        }
        guard let study else { return try StudyNames.create(StudyNames.stem(of: manifest), in: ledger, make) }
        let record = make(study)
        try ledger.create(record)
        return record
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
