import Ledger
import Outer
import Problems

/// One study of a sweep.
struct PlannedStudy: Sendable {
    let name: String
    /// What `knee learn` would be told.
    let arguments: [String]
    let content: Content
    let outages: OutageOptions
    /// The study as the ledger holds it, if it was begun.
    let recorded: StudyRecord?
    private let commandLine: [String]

    /// What decides its results.
    struct Content: Sendable, Hashable {
        let problem: ProblemManifest
        let spec: StudySpec
    }

    /// - Throws: what `knee learn --resume` throws for it.
    init(
        _ combination: StudyCombination, of entry: SweepManifest.Entry, sweep: String, path: String, _ ledger: Ledger?
    ) throws {
        arguments = combination.arguments()
        // A problem's name stands where an option may.
        if let name = combination.problem, name.hasPrefix("-") { _ = try ProblemManifest.builtIn(name) }
        let learn = try Self.parse(combination.arguments(and: ["--ledger=\(path)"]))
        name = combination.name(sweep: sweep, entry: entry.name, problem: try learn.problem.manifest())
        commandLine = ["knee", "learn"] + combination.arguments(and: ["--ledger=\(path)", "--study=\(name)"])
        recorded = try Self.recorded(name, in: ledger)
        let (problem, spec) = try learn.asked(from: recorded)
        if case .external(let command) = try problem.make() { try command.check() }
        if let recorded {
            let flags = Drift.flags(recorded, problem, spec)
            if !flags.isEmpty { throw Failure(driftInSweep: flags, from: name) }
        }
        // One that was extended keeps what it was given.
        content = Content(problem: problem, spec: recorded?.spec ?? spec)
        outages = learn.outages
    }

    private static func parse(_ arguments: [String]) throws -> Learn {
        do { return try Learn.parse(arguments) } catch {
            throw Failure(error) ?? Failure(parser: Learn.message(for: error))
        }
    }

    private static func recorded(_ name: String, in ledger: Ledger?) throws -> StudyRecord? {
        do { return try ledger?.study(named: name) } catch LedgerError.noStudy { return nil }
    }

    /// Why it last stopped; nil if it was not begun, or was killed.
    func lastStop(in ledger: Ledger) throws -> StopReason? {
        try recorded.flatMap { try ledger.lastStop(of: $0)?.reason }
    }

    /// As it is recorded when it begins: by the command line that would learn it alone.
    var record: StudyRecord {
        recorded
            ?? StudyRecord(
                name: name, problem: content.problem, spec: content.spec, provenance: .here(commandLine))
    }
}
