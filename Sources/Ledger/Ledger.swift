import Foundation
import GRDB
import Inner
import Outer
import Problems

/// The SQLite memory of studies, pulls and traces; the only source of truth.
///
/// One connection writes, in WAL mode with `synchronous = FULL`: what `record` returned from survives a power cut.
public final class Ledger: Sendable {
    public let path: String
    let queue: DatabaseQueue
    /// Which file the path named when it was opened.
    private let file: FileIdentity?

    public enum Access: Sendable { case readWrite, readOnly }

    /// Opens a ledger, creating it if it may be written and is not there.
    ///
    /// - Throws: `LedgerError`.
    public init(at path: String, _ access: Access) throws {
        self.path = path
        switch access {
        case .readWrite: queue = try OpenLedger.readWrite(path)
        case .readOnly: queue = try OpenLedger.readOnly(path)
        }
        file = FileIdentity(path)
    }

    /// The value of `PRAGMA synchronous` on the connection that writes: 2 is FULL.
    public func synchronous() throws -> Int { try read { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 } }

    /// The schema's version, which is that of the newest migration.
    public func schemaVersion() throws -> Int { try read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 } }

    /// What SQLite finds wrong with the file; empty if nothing.
    public func integrity() throws -> [String] {
        try read { db in
            let found = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
            let dangling = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map {
                "a row of table \($0[0] as String) belongs to none of table \($0[2] as String)"
            }
            return found + dangling
        }
    }

    /// Writes what waits in the journal into the file.
    ///
    /// - Returns: pages that still wait, because others read.
    public func checkpoint() throws -> Int {
        try refuseLost()
        return try OpenLedger.mapped(path) {
            try queue.writeWithoutTransaction { db in
                let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                let (all, done) = (row?[1] as Int? ?? 0, row?[2] as Int? ?? 0)
                return row?[0] as Int? == 0 ? 0 : max(0, all - done)
            }
        }
    }

    // MARK: Studies

    /// Records a new study.
    ///
    /// - Throws: `LedgerError.studyExists`.
    public func create(_ study: StudyRecord) throws {
        guard Self.isName(study.name) else {
            throw LedgerError.badStudyName(study.name)
        }
        let problem = try JSON.text(study.problem)
        let spec = try JSON.text(study.spec)
        let commandLine = try JSON.text(study.provenance.commandLine)
        try write { db in
            guard try Self.identifier(of: study.name, db) == nil else {
                throw LedgerError.studyExists(name: study.name, path: path)
            }
            try db.execute(
                sql: """
                    INSERT INTO study (name, created, problem, problem_label, spec, purse, command_line, program_version, host)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    study.name, study.provenance.created, problem, study.problem.label, spec, study.spec.purse,
                    commandLine, study.provenance.programVersion, study.provenance.host,
                ])
        }
    }

    /// Names are words that a file may have.
    static func isName(_ name: String) -> Bool {
        (1...100).contains(name.count) && name.allSatisfy { !$0.isWhitespace && $0 != "/" }
    }

    /// The study of this name.
    ///
    /// - Throws: `LedgerError.noStudy`, with the names there are.
    public func study(named name: String) throws -> StudyRecord {
        try read { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT * FROM study WHERE name = ?", arguments: [name]) else {
                throw LedgerError.noStudy(name: name, known: try String.fetchAll(db, sql: "SELECT name FROM study"))
            }
            let extensions = try Self.extensions(of: row["id"], db)
            return try Self.decoding(name) {
                let record = StudyRecord(
                    name: name, problem: try JSON.decode(row["problem"]), spec: try JSON.decode(row["spec"]),
                    provenance: Provenance(
                        created: row["created"], commandLine: try JSON.decode(row["command_line"]),
                        programVersion: row["program_version"], host: row["host"]), extensions: extensions)
                try Self.check(record)
                return record
            }
        }
    }

    /// A specification that no program would have written is told before anything is computed with it.
    private static func check(_ record: StudyRecord) throws {
        let (spec, space) = (record.spec, record.spec.space)
        guard spec.lookAhead >= 1, !space.configurations.isEmpty, (1...41).contains(space.levels),
            space.floor >= ArmSpace.leastFloor, space.floor <= Int.max >> space.levels,
            space.configurations.allSatisfy({ (1...Configuration.largestSwarm).contains($0.swarmSize) })
        else { throw LedgerError.unreadable(study: record.name, what: "its specification has no arms to choose from.") }
    }

    static func decoding<T>(_ study: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as DecodingError {
            throw LedgerError.unreadable(study: study, what: "\(error)")
        }
    }

    public func hasStudy(named name: String) throws -> Bool { try read { try Self.identifier(of: name, $0) != nil } }

    /// All studies, oldest first.
    public func studies() throws -> [StudySummary] {
        try read { db in
            let running = try Row.fetchAll(db, sql: "SELECT * FROM v_session WHERE ended IS NULL")
                .filter { Self.holder($0).state != .gone }
            let names = Set(running.map { $0["study"] as String })
            let missed = try Row.fetchAll(db, sql: Self.missedTargets).reduce(into: [:]) {
                $0[$1[0] as String] = $1[1] as Int?
            }
            return try Row.fetchAll(db, sql: "SELECT * FROM v_study ORDER BY created, study").map { row in
                StudySummary(
                    name: row["study"], problem: row["problem"], created: row["created"], pulls: row["pulls"],
                    evaluations: row["evaluations"], purse: row["purse"],
                    stop: (row["stop"] as String?).flatMap(StopReason.init), knee: missed[row["study"]] ?? row["knee"],
                    isSure: (row["is_sure"] as Bool?).map { $0 && missed[row["study"]] == nil },
                    isRunning: names.contains(row["study"]))
            }
        }
    }

    /// Studies with the knees that were learned, where searches with what was learned never reached the target: the fresh ones, or if
    /// there are none those learned from.
    private static let missedTargets = """
        SELECT study.name, json_extract(verdict, '$.knee.budget') FROM study
        JOIN verdict ON verdict.id = (SELECT max(id) FROM verdict WHERE study_id = study.id)
        WHERE 0 = coalesce(
            (SELECT json_extract(confirmation, '$.runningTime.successes') FROM confirmation
                WHERE confirmation.study_id = study.id
                    AND json_extract(confirmation, '$.arm.index') = json_extract(verdict, '$.arm.index')
                ORDER BY confirmation.id DESC LIMIT 1),
            json_extract(verdict, '$.runningTime.successes'))
        """

    // MARK: Pulls

    /// Records a finished pull in one transaction: decision, trace and evaluations used.
    ///
    /// - Throws: `LedgerError.alreadyRecorded`.
    public func record(_ pull: Pull, of study: StudyRecord) async throws {
        try await commit(study, number: pull.number) { db in try Self.insert(pull, of: study, db) }
    }

    /// Records finished pulls in one transaction: each of its own would take a thousand times as long.
    package func record(_ pulls: [Pull], of study: StudyRecord) throws {
        try write { db in
            for pull in pulls { try Self.insert(pull, of: study, db) }
        }
    }

    /// What of a pull is read.
    public enum Detail: Sendable {
        case whole
        /// Without contenders and coordinates, which fill most of a ledger: all that beliefs and reports need.
        case bare
    }

    /// The recorded pulls of a study in order of their numbers.
    public func pulls(of study: StudyRecord, _ detail: Detail = .whole) throws -> [Pull] {
        try reading(study, detail) { try $0.pulls() } ?? []
    }

    /// The digests of recorded pulls that may be bare, all of a study's in order.
    public func digests(of pulls: [Pull], in study: StudyRecord) throws -> StudyDigests {
        try reading(study, .bare) { try $0.digests(of: pulls) } ?? StudyDigests()
    }

    /// - Returns: nil if the study is not in this ledger.
    private func reading<T>(_ study: StudyRecord, _ detail: Detail, _ body: (PullReader) throws -> T) throws -> T? {
        try read { db in
            guard let identifier = try Self.identifier(of: study.name, db) else { return nil }
            return try Self.decoding(study.name) {
                try body(PullReader(db: db, study: identifier, record: study, detail: detail))
            }
        }
    }

    // MARK: Verdicts and runs

    /// Notes that a study stopped, why, and what it had learned.
    ///
    /// - Parameters:
    ///   - pulls: the finished ones, and their digests.
    ///   - outage: what made it stop, if that was the objective.
    public func note(
        _ stop: StopReason, pulls: Int, digests: StudyDigests, verdict: Verdict?, outage: Outage? = nil,
        of study: StudyRecord
    ) throws {
        let text = try verdict.map { try JSON.text($0) }
        let outage = try outage.map { try JSON.text($0) }
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO verdict (study_id, created, stop, pulls, verdict, outage, digest, decisions_digest)
                    VALUES ((SELECT id FROM study WHERE name = ?), ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    study.name, Date.now.ISO8601Format(), stop.rawValue, pulls, text, outage, digests.whole.hex,
                    digests.decisions.hex,
                ])
        }
    }

    /// Why the study last stopped, and what made it; nil if it never did.
    public func lastStop(of study: StudyRecord) throws -> (reason: StopReason, outage: Outage?)? {
        try read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT stop, outage FROM verdict WHERE study_id = (SELECT id FROM study WHERE name = ?)
                    ORDER BY id DESC LIMIT 1
                    """, arguments: [study.name])
            guard let row, let reason = StopReason(rawValue: row[0]) else { return nil }
            return (reason, try (row[1] as String?).map { try JSON.decode($0) })
        }
    }

    /// Records a single search.
    public func record(_ run: RunRecord, result: SearchResult, seconds: Double) throws {
        let problem = try JSON.text(run.problem)
        let configuration = try JSON.text(run.configuration)
        let point = try result.best.map { try JSON.text($0.point) }
        try write { db in
            try db.execute(
                sql: """
                    INSERT INTO run (study_id, created, problem, configuration, seed, budget, evaluations, outcome, best,
                        best_point, seconds)
                    VALUES ((SELECT id FROM study WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    run.study, Date.now.ISO8601Format(), problem, configuration, Int64(bitPattern: run.seed),
                    run.budget,
                    result.evaluations, result.best == nil ? "undefined" : "ok", result.best?.value, point, seconds,
                ])
        }
    }

    // MARK: Parts

    static func identifier(of name: String, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT id FROM study WHERE name = ?", arguments: [name])
    }

    private static func insert(_ pull: Pull, of study: StudyRecord, _ db: Database) throws {
        let result = pull.result
        let configuration = study.spec.space[pull.decision.arm].configuration
        try db.cachedStatement(
            sql: """
                INSERT INTO pull (study_id, number, arm, swarm_size, inertia, topology, velocity_rule, boundary_rule, budget,
                    evaluations, ended, outcome, best, best_point, failures, failure_outcome, failure_evidence, propensity,
                    seconds, evaluation_seconds, retest, open_budgets)
                VALUES ((SELECT id FROM study WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            study.name, pull.number, pull.decision.arm, configuration.swarmSize, configuration.inertia,
            configuration.topology, configuration.rule, configuration.boundary, pull.budget, result.evaluations,
            result.end.rawValue, result.best == nil ? "undefined" : "ok", result.best?.value,
            try result.best.map { try JSON.text($0.point) }, result.failures, result.firstFailure?.outcome.rawValue,
            result.firstFailure?.evidence, pull.decision.propensity, pull.seconds, result.evaluationSeconds,
            try result.retest.map { try JSON.text($0) }, pull.levels,
        ])
        let identifier = db.lastInsertedRowID
        let checkpoints = try db.cachedStatement(
            sql: "INSERT INTO checkpoint (pull_id, evaluations, outcome, best) VALUES (?, ?, ?, ?)")
        for checkpoint in result.trace.checkpoints {
            let known = checkpoint.best.isFinite
            try checkpoints.execute(arguments: [
                identifier, checkpoint.evaluations, known ? "ok" : "undefined", known ? checkpoint.best : nil,
            ])
        }
        let contenders = try db.cachedStatement(
            sql: "INSERT INTO contender (pull_id, place, arm, draw, mean, utility_offset) VALUES (?, ?, ?, ?, ?, ?)")
        for (place, contender) in pull.decision.contenders.enumerated() {
            try contenders.execute(arguments: [
                identifier, place, contender.arm, contender.draw, contender.mean, contender.offset,
            ])
        }
        let failures = try db.cachedStatement(
            sql: "INSERT INTO failure (pull_id, evaluation, outcome, evidence, point) VALUES (?, ?, ?, ?, ?)")
        for failed in result.failed {
            try failures.execute(arguments: [
                identifier, failed.number, failed.evaluation.outcome.rawValue, failed.evaluation.evidence,
                try JSON.text(failed.point),
            ])
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try OpenLedger.mapped(path) { try queue.read(body) }
    }

    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try refuseLost()
        return try OpenLedger.mapped(path) { try queue.write(body) }
    }

    /// Commits what a search has found, in a task of its own: what has finished is kept even while the study is being
    /// cancelled.
    ///
    /// - Throws: `LedgerError.alreadyRecorded` if it is there.
    func commit(
        _ study: StudyRecord, number: Int, _ body: @escaping @Sendable (Database) throws -> Void
    ) async throws {
        do { try await commit(body) } catch let error as DatabaseError
            where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE
        {
            throw LedgerError.alreadyRecorded(study: study.name, number: number)
        } catch { try OpenLedger.mapped(path) { throw error } }
    }

    /// In a task of its own, which cancelling does not reach.
    func commit(_ body: @escaping @Sendable (Database) throws -> Void) async throws {
        try refuseLost()
        try await Task { try await queue.write(body) }.value
    }

    /// A file that nobody can find any more would take writes all the same, and nobody would read them.
    private func refuseLost() throws {
        guard FileIdentity(path) == file else { throw LedgerError.lost(path: path) }
    }
}

/// Structured columns are JSON text, keys sorted so that equal values are equal text.
enum JSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<T: Decodable>(_ text: String) throws -> T {
        try JSONDecoder().decode(T.self, from: Data(text.utf8))
    }
}
