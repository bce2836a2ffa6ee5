import Foundation
import GRDB

/// A process at work on a study, from its first write to its last.
public struct Session: Sendable, Equatable {
    public let study: String
    public let holder: ProcessIdentity
    /// ISO 8601 in UTC.
    public let begun: String
    public let programVersion: String
    /// Digests of the files that the study's command names, by their paths.
    public let files: [String: String]

    public init(
        study: String, holder: ProcessIdentity = .own, begun: String, programVersion: String, files: [String: String]
    ) {
        self.study = study
        self.holder = holder
        self.begun = begun
        self.programVersion = programVersion
        self.files = files
    }
}

/// One process at a time works on a study: an open session is its lease. A session whose process is gone is closed by
/// whoever comes next.
extension Ledger {
    /// - Throws: `LedgerError.held` while another process, or this one, works on the study.
    public func begin(_ session: Session) throws {
        let files = try JSON.text(session.files)
        try write { db in
            guard let study = try Self.identifier(of: session.study, db) else { return }
            try Self.reclaim(session.study, db)
            try db.execute(
                sql: """
                    INSERT INTO session (study_id, begun, pid, boot, namespace, started, host, program_version, files)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    study, session.begun, session.holder.pid, session.holder.boot, session.holder.namespace,
                    session.holder.started, session.holder.host, session.programVersion, files,
                ])
        }
    }

    /// Closes this process's session of a study.
    public func end(_ session: Session) throws {
        try write { db in
            try db.execute(
                sql: """
                    UPDATE session SET ended = ?, how = 'left'
                    WHERE ended IS NULL AND pid = ? AND study_id = (SELECT id FROM study WHERE name = ?)
                    """, arguments: [Date.now.ISO8601Format(), session.holder.pid, session.study])
        }
    }

    /// The last session of a study, whether open or not; nil if there was none.
    public func lastSession(of study: StudyRecord) throws -> Session? {
        try read { db in
            try Row.fetchOne(
                db, sql: "SELECT * FROM v_session WHERE study = ? ORDER BY id DESC LIMIT 1", arguments: [study.name]
            ).map(Self.session)
        }
    }

    /// Closes the sessions whose processes are gone.
    ///
    /// - Returns: them, and those that are open still.
    public func reclaimSessions() throws -> (closed: [Session], open: [Session]) {
        try write { db in
            let all = try Row.fetchAll(db, sql: "SELECT * FROM v_session WHERE ended IS NULL ORDER BY id")
            var result: (closed: [Session], open: [Session]) = ([], [])
            for row in all {
                let session = try Self.session(row)
                if session.holder.state == .gone {
                    try Self.close(row["id"], db)
                    result.closed.append(session)
                } else {
                    result.open.append(session)
                }
            }
            return result
        }
    }

    /// Makes way for a new session, or says who is in its way.
    static func reclaim(_ name: String, _ db: Database) throws {
        let open = try Row.fetchOne(
            db, sql: "SELECT * FROM v_session WHERE ended IS NULL AND study = ?", arguments: [name])
        guard let open else { return }
        let session = try session(open)
        let state = session.holder.state
        guard state == .gone else {
            throw LedgerError.held(
                study: name, pid: Int(session.holder.pid), host: session.holder.host, since: session.begun,
                isOutOfSight: state == .outOfSight)
        }
        try close(open["id"], db)
    }

    private static func close(_ identifier: Int64, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE session SET ended = ?, how = 'reclaimed' WHERE id = ?",
            arguments: [Date.now.ISO8601Format(), identifier])
    }

    static func session(_ row: Row) throws -> Session {
        Session(
            study: row["study"], holder: holder(row), begun: row["begun"], programVersion: row["program_version"],
            files: try JSON.decode(row["files"]))
    }

    static func holder(_ row: Row) -> ProcessIdentity {
        ProcessIdentity(
            pid: row["pid"], boot: row["boot"], namespace: row["namespace"], started: row["started"], host: row["host"])
    }
}
