import Foundation
import GRDB
import Inner
import Outer

/// Fresh searches of a learned arm, and what they said.
extension Ledger {
    /// Records a fresh search in one transaction, and charges it to the study's purse if it is to be.
    public func record(
        _ search: FreshSearch, of plan: ConfirmationPlan, isCharged: Bool, in study: StudyRecord
    ) async throws {
        try await commit(study, number: search.number) { db in
            try Self.insert(search, plan, isCharged: isCharged, study, db)
        }
    }

    /// The recorded searches of a plan's arm and budget, in order of their numbers; more than planned if there are.
    public func freshSearches(of plan: ConfirmationPlan, in study: StudyRecord) throws -> [FreshSearch] {
        try freshSearches(of: plan.arm, budget: plan.budget, in: study)
    }

    /// The searches that said what a confirmation says, in order of their numbers.
    public func freshSearches(behind record: ConfirmationRecord, in study: StudyRecord) throws -> [FreshSearch] {
        let (budgets, count) = (record.confirmation.budgets, record.confirmation.searches)
        return try freshSearches(of: record.arm, budget: budgets[budgets.count - 1], in: study)
            .filter { $0.number < count }
    }

    /// All of them, in the order they were recorded, each with the budget it was made for.
    func allFreshSearches(of study: StudyRecord) throws -> [(budget: Int, search: FreshSearch)] {
        try freshSearches(of: study, where: "1", [])
    }

    private func freshSearches(of arm: Arm, budget: Int, in study: StudyRecord) throws -> [FreshSearch] {
        try freshSearches(of: study, where: "arm = ? AND budget = ? ORDER BY number", [arm.index, budget])
            .map(\.search)
    }

    private func freshSearches(
        of study: StudyRecord, where condition: String, _ arguments: StatementArguments
    ) throws -> [(budget: Int, search: FreshSearch)] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM fresh_search WHERE study_id = (SELECT id FROM study WHERE name = ?) AND \(condition)
                    """, arguments: [study.name] + arguments)
            return try Self.decoding(study.name) { try rows.map { ($0["budget"], try Self.freshSearch($0, db)) } }
        }
    }

    private static func freshSearch(_ row: Row, _ db: Database) throws -> FreshSearch {
        let checkpoints = try Row.fetchAll(
            db, sql: "SELECT evaluations, best FROM fresh_checkpoint WHERE search_id = ? ORDER BY evaluations",
            arguments: [row["id"] as Int64])
        let best = try (row["best_point"] as String?).map {
            SearchResult.Best(point: try JSON.decode($0), value: row["best"])
        }
        return FreshSearch(
            number: row["number"],
            result: SearchResult(
                trace: Trace(checkpoints.map { Trace.Checkpoint(evaluations: $0[0], best: $0[1] ?? .infinity) }),
                best: best, evaluations: row["evaluations"], failures: row["failures"]),
            seconds: row["seconds"])
    }

    /// What the fresh searches took that the study's purse has paid for.
    public func chargedFreshSearches(of study: StudyRecord) throws -> FreshSpend {
        try freshSearches(of: study, isCharged: true)
    }

    /// The same of those that it has paid for, or of the others.
    public func freshSearches(of study: StudyRecord, isCharged: Bool) throws -> FreshSpend {
        try read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*), coalesce(sum(evaluations), 0), coalesce(sum(failures), 0), coalesce(sum(seconds), 0.0)
                    FROM fresh_search WHERE is_charged = ? AND study_id = (SELECT id FROM study WHERE name = ?)
                    """, arguments: [isCharged, study.name])
            return row.map { FreshSpend(searches: $0[0], evaluations: $0[1], failures: $0[2], seconds: $0[3]) } ?? .none
        }
    }

    private static func insert(
        _ search: FreshSearch, _ plan: ConfirmationPlan, isCharged: Bool, _ study: StudyRecord, _ db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO fresh_search (study_id, arm, number, budget, evaluations, is_charged, failures, seconds, best,
                    best_point)
                VALUES ((SELECT id FROM study WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                study.name, plan.arm.index, search.number, plan.budget, search.result.evaluations, isCharged,
                search.result.failures, search.seconds, search.result.best?.value,
                try search.result.best.map { try JSON.text($0.point) },
            ])
        let identifier = db.lastInsertedRowID
        let checkpoints = try db.cachedStatement(
            sql: "INSERT INTO fresh_checkpoint (search_id, evaluations, outcome, best) VALUES (?, ?, ?, ?)")
        for checkpoint in search.result.trace.checkpoints {
            let known = checkpoint.best.isFinite
            try checkpoints.execute(arguments: [
                identifier, checkpoint.evaluations, known ? "ok" : "undefined", known ? checkpoint.best : nil,
            ])
        }
    }

    /// Records what fresh searches said.
    public func record(_ confirmation: ConfirmationRecord, of study: StudyRecord) throws {
        let text = try JSON.text(confirmation)
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO confirmation (study_id, created, evaluations, confirmation)
                    VALUES ((SELECT id FROM study WHERE name = ?), ?, ?, ?)
                    """,
                arguments: [study.name, Date.now.ISO8601Format(), confirmation.evaluations, text])
        }
    }

    /// What the last fresh searches said; nil if there were none.
    public func lastConfirmation(of study: StudyRecord) throws -> ConfirmationRecord? {
        try confirmations(of: study, "ORDER BY id DESC LIMIT 1").first
    }

    /// What all fresh searches said, oldest first.
    func confirmations(of study: StudyRecord, _ order: String = "ORDER BY id") throws -> [ConfirmationRecord] {
        try read { db in
            let texts = try String.fetchAll(
                db,
                sql: """
                    SELECT confirmation FROM confirmation WHERE study_id = (SELECT id FROM study WHERE name = ?) \(order)
                    """, arguments: [study.name])
            return try Self.decoding(study.name) { try texts.map { try JSON.decode($0) } }
        }
    }
}
