/// Why a ledger cannot be used, with the evidence.
public enum LedgerError: Error, Equatable, Sendable {
    /// There is no such file.
    case missing(path: String)
    /// The file is there but is no SQLite database, or not one of Knee's.
    case notALedger(path: String)
    /// A newer program wrote it.
    case newer(path: String, version: Int, known: Int)
    /// An older program wrote it, and it may not be written.
    case older(path: String)
    case readOnly(path: String)
    /// SQLite's locks cannot be trusted on network file systems.
    case networkFileSystem(path: String, type: String)
    case studyExists(name: String, path: String)
    case noStudy(name: String, known: [String])
    case badStudyName(String)
    case comparisonExists(name: String)
    case noComparison(name: String, known: [String])
    /// A process works on the study; one of another container cannot be seen.
    case held(study: String, pid: Int, host: String, since: String, isOutOfSight: Bool)
    /// The study was never given the limit that is to be raised.
    case noLimit(study: String, option: String)
    /// The search is recorded already, by a process that does not keep to leases.
    case alreadyRecorded(study: String, number: Int)
    /// A row that this program cannot read.
    case unreadable(study: String, what: String)
    /// What should be a ledger is torn.
    case damaged(path: String, message: String)
    /// The file was removed, or another put in its place, while it was open.
    case lost(path: String)
    /// The disk is full.
    case full(path: String)
    /// Anything else that SQLite reports.
    case sqlite(path: String, message: String)
}
