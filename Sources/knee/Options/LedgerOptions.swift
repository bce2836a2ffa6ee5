import ArgumentParser
import Ledger

struct LedgerOptions: ParsableArguments {
    @Option(help: "The SQLite file that remembers all studies.")
    var ledger = Self.standard

    static let standard = "runs/knee.sqlite"

    func reading() throws -> Ledger { try Ledger(at: ledger, .readOnly) }
    /// One that is there, to be written.
    func existing() throws -> Ledger {
        _ = try reading()
        return try writing()
    }

    func writing() throws -> Ledger { try Ledger(at: ledger, .readWrite) }
}
