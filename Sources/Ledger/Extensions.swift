import Foundation
import GRDB
import Outer

/// More of the same: limits that a study was given later.
public struct StudyExtension: Sendable, Equatable {
    /// Decisions that were made before it.
    public let pulls: Int
    /// The limits since then, in all.
    public let purse: Int?
    public let maxPulls: Int?
}

extension Ledger {
    /// Raises a study's limits; what was decided stays as it is.
    ///
    /// - Parameters:
    ///   - pulls: searches more.
    ///   - evaluations: evaluations more.
    /// - Returns: the study with its new limits.
    /// - Throws: `LedgerError.held` while a process works on it, `LedgerError.noLimit` if it has no such limit.
    public func extend(_ study: StudyRecord, pulls: Int, evaluations: Int) throws -> StudyRecord {
        let purse = try Self.sum(study.spec.purse, evaluations, study.name, "--evaluations")
        let maxPulls = try Self.sum(study.spec.maxPulls, pulls, study.name, "--pulls")
        try write { db in
            guard let identifier = try Self.identifier(of: study.name, db) else { return }
            try Self.reclaim(study.name, db)
            try db.execute(
                sql: """
                    INSERT INTO extension (study_id, created, pulls, purse, max_pulls)
                    SELECT id, ?, (SELECT coalesce(max(number) + 1, 0) FROM pull WHERE study_id = study.id), ?, ?
                    FROM study WHERE id = ?
                    """, arguments: [Date.now.ISO8601Format(), purse, maxPulls, identifier])
            try db.execute(sql: "UPDATE study SET purse = ? WHERE id = ?", arguments: [purse, identifier])
        }
        return try self.study(named: study.name)
    }

    /// - Throws: `LedgerError.noLimit` if there is nothing to add to.
    private static func sum(_ limit: Int?, _ more: Int, _ study: String, _ option: String) throws -> Int? {
        guard more > 0 else { return limit }
        guard let limit else { throw LedgerError.noLimit(study: study, option: option) }
        let (sum, overflows) = limit.addingReportingOverflow(more)
        return overflows ? .max : sum
    }

    static func extensions(of study: Int64, _ db: Database) throws -> [StudyExtension] {
        try Row.fetchAll(
            db, sql: "SELECT pulls, purse, max_pulls FROM extension WHERE study_id = ? ORDER BY id", arguments: [study]
        ).map { StudyExtension(pulls: $0[0], purse: $0[1], maxPulls: $0[2]) }
    }
}
