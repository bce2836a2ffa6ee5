import Foundation
import GRDB
import Ledger
import Outer
import Testing

@Suite("Sessions and proofs")
struct SessionTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
    }

    private func session(_ holder: ProcessIdentity = .own) -> Session {
        Session(
            study: "sphere-1", holder: holder, begun: "2026-01-02T03:04:05Z", programVersion: "9.9", files: ["f": "0"])
    }

    @Test("one process at a time works on a study, and who comes second is told who does")
    func lease() throws {
        let record = try Sample.record()
        try ledger.create(record)
        try ledger.begin(session())
        #expect(try ledger.lastSession(of: record) == session())
        #expect(try ledger.studies()[0].isRunning)
        let own = ProcessIdentity.own
        let held = LedgerError.held(
            study: "sphere-1", pid: Int(own.pid), host: own.host, since: "2026-01-02T03:04:05Z", isOutOfSight: false)
        #expect(throws: held) { try ledger.begin(session()) }
        #expect(throws: held) { _ = try ledger.extend(record, pulls: 0, evaluations: 5) }
        try ledger.end(session())
        #expect(try !ledger.studies()[0].isRunning)
        try ledger.begin(session())
    }

    @Test(
        "a session of a process that is gone is closed: another start of its number, or of the system",
        arguments: ["started = started || '0'", "boot = 'another'", "pid = 2147483647"])
    func gone(change: String) throws {
        try ledger.create(try Sample.record())
        try ledger.begin(session())
        try folder.execute("UPDATE session SET \(change)", in: "k.sqlite")
        #expect(try !ledger.studies()[0].isRunning)
        try ledger.begin(session())
        let rows = try DatabaseQueue(path: ledger.path).read {
            try Row.fetchAll($0, sql: "SELECT how FROM session ORDER BY id")
        }
        #expect(rows.map { $0[0] as String? } == ["reclaimed", nil])
    }

    @Test("a process of another container may run still, so its session stands")
    func outOfSight() throws {
        try ledger.create(try Sample.record())
        try ledger.begin(session())
        try folder.execute("UPDATE session SET namespace = 'pid:[1]', pid = 2147483647", in: "k.sqlite")
        #expect(throws: LedgerError.self) { try ledger.begin(session()) }
        #expect(try ledger.reclaimSessions().open.count == 1)
    }

    /// A whole study, recorded.
    private func whole() async throws -> StudyRecord {
        let record = try Sample.record()
        try ledger.create(record)
        let pulls = try await Sample.pulls(of: record)
        for pull in pulls { try await ledger.record(pull, of: record) }
        try ledger.note(
            .purse, pulls: pulls.count, digests: StudyDigests(pulls), verdict: try Verdict.of(record.spec, pulls),
            of: record)
        return record
    }

    @Test("a study as it was recorded is consistent, every decision of it computed again")
    func consistent() async throws {
        let record = try await whole()
        let proof = try ledger.proof(of: record)
        #expect(proof.flaws.isEmpty && proof.decisions == proof.pulls && proof.pulls > 5, "\(proof)")
        #expect(try ledger.integrity().isEmpty)
    }

    @Test(
        "whatever is changed by hand is found",
        arguments: [
            ("UPDATE study SET spent = spent - 1", "spent"),
            (
                "UPDATE checkpoint SET best = best + 1 WHERE pull_id = 3 AND evaluations = 50",
                "digest"
            ),
            (
                "UPDATE checkpoint SET best = -9 WHERE pull_id = 3 AND evaluations = 50",
                "trace digest decisions verdict"
            ),
            ("UPDATE contender SET draw = draw + 1e-9 WHERE pull_id = 2 AND place = 0", "decisions digest"),
            ("UPDATE pull SET propensity = propensity / 2 WHERE number = 4", "decisions digest"),
            ("UPDATE pull SET evaluations = evaluations - 1 WHERE number = 1", "trace spent digest"),
            ("UPDATE pull SET arm = 9999 WHERE number = 1", "unreadable"),
            (
                "PRAGMA foreign_keys = OFF; DELETE FROM checkpoint WHERE pull_id = 2; DELETE FROM contender WHERE pull_id = 2; DELETE FROM pull WHERE number = 1",
                "missing spent"
            ),
            ("UPDATE verdict SET digest = '0'", "digest"),
            ("UPDATE verdict SET verdict = json_set(verdict, '$.meanScore', 9)", "verdict"),
        ])
    func tampered(sql: String, kinds: String) async throws {
        let record = try await whole()
        let before = try ledger.proof(of: record)
        try folder.execute(sql, in: "k.sqlite")
        let flaws = try ledger.proof(of: record).flaws.map { "\($0)".prefix { $0 != "(" } }
        #expect(!flaws.isEmpty && before.flaws.isEmpty)
        for kind in kinds.split(separator: " ") { #expect(flaws.contains { $0 == kind }, "\(kind): \(flaws)") }
    }
}
