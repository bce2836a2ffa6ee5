import ArgumentParser
import Ledger
import Outer
import Problems

/// Which study is meant: a new one, or one that is continued.
struct StudyNaming: ParsableArguments {
    @Option(help: "Name of the study (default: the problem's and a number).")
    var study: String?

    @Flag(help: "Continue the study of this name if there is one, with its own options where none are given.")
    var resume = false

    @Flag(help: "With --resume: if options differ from the study's, begin another one instead, under a new name.")
    var forceNew = false

    /// The study to continue; nil if there is none.
    func recorded(in options: LedgerOptions) throws -> StudyRecord? {
        if resume, study == nil { throw Failure(usage: "--resume needs --study, the name of the study to continue.") }
        if forceNew, !resume { throw Failure(usage: "--force-new is for --resume; without it every study is new.") }
        guard resume, let study else { return nil }
        do {
            return try options.reading().study(named: study)
        } catch LedgerError.missing, LedgerError.noStudy {
            return nil
        }
    }

    /// - Throws: `Failure` if the study to continue was begun otherwise, or nothing would end it.
    func check(_ recorded: StudyRecord?, _ manifest: ProblemManifest, _ spec: StudySpec, _ time: TimeOptions) throws {
        guard let recorded else { return }
        try time.checkEnd(of: spec, study: recorded.name)
        let flags = Drift.flags(recorded, manifest, spec)
        guard flags.isEmpty || forceNew else { throw Failure(drift: flags, from: recorded.name) }
    }

    /// The study as it is recorded, or a new one.
    func begin(
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
