import Foundation

/// What lies beside a ledger.
public enum LedgerFolder {
    public struct Stranger: Sendable, Equatable {
        public let path: String
        public let kind: Kind
    }

    public enum Kind: String, Sendable {
        case halfWritten = "half a file, left by a program that was killed; may be deleted"
        case oldJournal =
            "a rollback journal: the making of a ledger was cut short, and whoever opens it rolls that back"
        case orphan = "a journal without its ledger"
    }

    /// Files that do not belong there, by name.
    public static func strangers(beside ledger: String) -> [Stranger] {
        let folder = (ledger as NSString).deletingLastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.sorted().compactMap { name in
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            return kind(of: name, path).map { Stranger(path: path, kind: $0) }
        }
    }

    private static func kind(of name: String, _ path: String) -> Kind? {
        if name.hasSuffix(".tmp"), name.split(separator: ".").dropLast().last.flatMap({ Int32($0) }) != nil {
            return .halfWritten
        }
        if name.hasSuffix(".sqlite-journal") { return .oldJournal }
        if name.hasSuffix(".sqlite-wal"), !FileManager.default.fileExists(atPath: String(path.dropLast(4))) {
            return .orphan
        }
        return nil
    }
}
