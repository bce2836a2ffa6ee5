import Foundation
import GRDB
import Ledger
import Outer
import Testing

@Suite("Sessions")
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
}
