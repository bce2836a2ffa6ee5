import Foundation
import GRDB

/// Opening: everything that can be wrong with a path or a file is found here.
enum OpenLedger {
    static func readWrite(_ path: String) throws -> DatabaseQueue {
        let parent = (path as NSString).deletingLastPathComponent
        let folder = parent.isEmpty ? "." : parent
        if !FileManager.default.fileExists(atPath: folder) {
            try mapped(path) {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
        }
        try refuseNetwork(folder, ledger: path)
        // The folder too: SQLite keeps its journal beside the file.
        guard FileManager.default.isWritableFile(atPath: folder) else { throw LedgerError.readOnly(path: path) }
        return try FolderLock.hold(folder) { try openToWrite(path) }
    }

    private static func openToWrite(_ path: String) throws -> DatabaseQueue {
        let existing = FileManager.default.fileExists(atPath: path)
        guard !existing || FileManager.default.isWritableFile(atPath: path) else {
            throw LedgerError.readOnly(path: path)
        }
        // Before anything is opened for writing: a file that is not ours stays as it is.
        if existing { try inspect(path) }
        return try mapped(path) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(30)
            configuration.foreignKeysEnabled = true
            configuration.journalMode = .wal
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try migrate(db, path: path)
            }
            return queue
        }
    }

    static func readOnly(_ path: String) throws -> DatabaseQueue {
        guard FileManager.default.fileExists(atPath: path) else { throw LedgerError.missing(path: path) }
        let queue = try inspect(path)
        return try mapped(path) {
            switch try queue.read(version) {
            case Schema.version: return queue
            case 1..<Schema.version:
                // Whoever writes migrates; so does whoever only looks, where that is possible.
                try queue.close()
                do { try readWrite(path).close() } catch LedgerError.readOnly { throw LedgerError.older(path: path) }
                return try inspect(path)
            // Empty, or made this very moment by another program.
            case 0: throw LedgerError.missing(path: path)
            default: throw LedgerError.notALedger(path: path)
            }
        }
    }

    /// Opens for reading and refuses what is no ledger, or a newer one.
    @discardableResult
    private static func inspect(_ path: String) throws -> DatabaseQueue {
        try refuseForeign(path)
        return try mapped(path) {
            do {
                return try openToRead(path, as: path)
            } catch let error as DatabaseError
                where isAtRest(path) && [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
            {
                // A ledger on read-only ground: SQLite cannot make its shared-memory file there, and needs none.
                let escaped = path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
                return try openToRead("file:\(escaped)?immutable=1", as: path)
            }
        }
    }

    private static func openToRead(_ name: String, as path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.readonly = true
        let queue = try DatabaseQueue(path: name, configuration: configuration)
        try queue.read { db in
            try refuseNewer(db, path: path)
            if try version(db) == 0 { try refuseTables(db, path: path) }
        }
        return queue
    }

    /// True if nobody writes: there is no journal beside the file.
    private static func isAtRest(_ path: String) -> Bool {
        let journal = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
        return (journal?[.size] as? Int ?? 0) == 0
    }

    /// Applies missing migrations under an exclusive lock: two programs that start together migrate once.
    private static func migrate(_ db: Database, path: String) throws {
        try db.inTransaction(.exclusive) {
            try refuseNewer(db, path: path)
            let known = try version(db)
            if known == 0 {
                try refuseTables(db, path: path)
                try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            }
            for migration in Schema.migrations[known...] { try db.execute(sql: migration) }
            try db.execute(sql: "PRAGMA user_version = \(Schema.version)")
            return .commit
        }
    }

    private static func refuseNewer(_ db: Database, path: String) throws {
        let found = try version(db)
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        if found > 0, application != Schema.applicationID { throw LedgerError.notALedger(path: path) }
        if found > Schema.version { throw LedgerError.newer(path: path, version: found, known: Schema.version) }
    }

    private static func refuseTables(_ db: Database, path: String) throws {
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        guard tables == 0 else { throw LedgerError.notALedger(path: path) }
    }

    private static func version(_ db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }

    /// Looks at the first bytes, so that a foreign file is never opened for writing.
    private static func refuseForeign(_ path: String) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { throw LedgerError.readOnly(path: path) }
        defer { try? file.close() }
        let head: Data
        // Nil is the end of the file: nothing is in it yet.
        do { head = try file.read(upToCount: 16) ?? Data() } catch { throw LedgerError.notALedger(path: path) }
        let magic = Data("SQLite format 3\0".utf8)
        guard head.isEmpty || head == magic else { throw LedgerError.notALedger(path: path) }
    }

    /// SQLite's and the file system's errors as ledger errors.
    static func mapped<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as LedgerError {
            throw error
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_NOTADB: throw LedgerError.notALedger(path: path)
            case .SQLITE_CORRUPT: throw LedgerError.damaged(path: path, message: error.message ?? "corrupt")
            case .SQLITE_FULL: throw LedgerError.full(path: path)
            // The shared memory beside the journal could not grow.
            case _ where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: throw LedgerError.full(path: path)
            case .SQLITE_READONLY: throw LedgerError.readOnly(path: path)
            default: throw LedgerError.sqlite(path: path, message: error.message ?? "\(error.resultCode)")
            }
        } catch let error as CocoaError where error.code == .fileWriteNoPermission {
            throw LedgerError.readOnly(path: path)
        }
    }

    private static func refuseNetwork(_ folder: String, ledger path: String) throws {
        if let type = NetworkFileSystem.type(under: folder) {
            throw LedgerError.networkFileSystem(path: path, type: type)
        }
    }
}
