import Foundation
import GRDB
import Inner
import Ledger
import Outer
import Problems
import Testing

@Suite("The ledger's schema")
struct SchemaTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func raw<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
        try DatabaseQueue(path: path).write(body)
    }

    @Test(
        "a ledger of the first version is brought up to date, by who writes and by who looks",
        arguments: [Ledger.Access.readOnly, .readWrite])
    func firstVersion(_ access: Ledger.Access) throws {
        let path = folder.file("old.sqlite")
        let script = try String(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("Fixtures/version1.sql"), encoding: .utf8)
        try raw(path) {
            try $0.execute(sql: script)
        }
        let ledger = try Ledger(at: path, access)
        #expect(try ledger.schemaVersion() > 1)
        let study = try ledger.study(named: "old")
        guard case .command(let spec) = study.problem else {
            Issue.record("no command")
            return
        }
        #expect(spec.words == ["./f.sh", "{x}", "{seed}"] && spec.retries == 0 && spec.limits == EvaluationLimits())
        let pulls = try ledger.pulls(of: study)
        #expect(Digest.of(pulls) == "9aeab24da9c4f719", "as the program that wrote it said")
        let failed = pulls.filter { $0.result.failures > 0 }
        #expect(!failed.isEmpty && failed.allSatisfy { $0.result.firstFailure?.outcome == .failed })
        let rows = try raw(path) { try Row.fetchAll($0, sql: "SELECT * FROM v_failure") }
        #expect(rows.count == failed.count && rows[0]["evidence"] == "exit code 3; standard error: no licence")
    }

    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    @Test(
        "ledgers of all versions before are brought up to date, with what they hold",
        arguments: [
            (1, "old", "9aeab24da9c4f719"), (2, "old", "9aeab24da9c4f719"), (3, "third", "33a6c319e62e1636"),
            (4, "fourth", "f07a3654c5bef1a6"), (5, "fifth", "f07a3654c5bef1a6"), (6, "sixth", "f9908c6416c8398a"),
        ])
    func fixtures(version: Int, name: String, digest: String) throws {
        let path = folder.file("old.sqlite")
        let script = try String(
            contentsOf: Self.fixtures.appendingPathComponent("version\(version).sql"), encoding: .utf8)
        try raw(path) { try $0.execute(sql: script) }
        #expect(try raw(path) { try Int.fetchOne($0, sql: "PRAGMA user_version") } == version)
        let ledger = try Ledger(at: path, .readWrite)
        let study = try ledger.study(named: name)
        #expect(Digest.of(try ledger.pulls(of: study)) == digest, "as the program that wrote it said")
        #expect(try ledger.studies().count == 1 && (ledger.lastSession(of: study) == nil) == (version < 4))
        #expect(try ledger.integrity().isEmpty)
        for view in try views(path) {
            #expect(throws: Never.self, "\(view)") {
                try raw(path) { try Row.fetchAll($0, sql: "SELECT * FROM \(view)") }
            }
        }
        if version == 5 { #expect(try ledger.searches(of: ledger.comparison(named: "duel")).count == 6) }
        if version == 6 {
            #expect(try ledger.mixtureSearches(of: study).count == 27 && ledger.testedMixtures(of: study).count == 2)
            let fresh = try raw(path) {
                try Row.fetchAll($0, sql: "SELECT * FROM v_fresh WHERE evaluations = budget ORDER BY number")
            }
            let best = try raw(path) { try Double.fetchAll($0, sql: "SELECT best FROM fresh_search ORDER BY number") }
            #expect(fresh.map { $0["best"] as Double } == best && best.count == 2)
        }
        if version == 3 {
            #expect(try ledger.lastConfirmation(of: study)?.confirmation.searches == 4)
            #expect(try ledger.chargedFreshSearches(of: study).searches == 4)
        }
    }

    private func views(_ path: String) throws -> [String] {
        try raw(path) { try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema WHERE type = 'view'") }
    }

    @Test("every view is described in runs/README.md, and no other")
    func viewsAreDescribed() throws {
        let path = folder.file("new.sqlite")
        _ = try Ledger(at: path, .readWrite)
        let page = Self.fixtures.appendingPathComponent("../../../runs/README.md")
        let described = try String(contentsOf: page, encoding: .utf8).matches(of: /\n\| `(v_[a-z]+)` \|/)
        #expect(try views(path).sorted() == described.map { String($0.1) }.sorted())
    }

    @Test("there is a stored ledger of every version before this one")
    func allFixtures() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.fixtures.path)
        let version = try Ledger(at: folder.file("new.sqlite"), .readWrite).schemaVersion()
        #expect(names.sorted() == (1..<version).map { "version\($0).sql" })
    }

    @Test("two programs that start together migrate once")
    func concurrentOpening() async throws {
        let path = folder.file("k.sqlite")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<6 {
                group.addTask {
                    let ledger = try Ledger(at: path, .readWrite)
                    try ledger.create(try Sample.record("study-\(index)"))
                }
            }
            try await group.waitForAll()
        }
        #expect(try Ledger(at: path, .readOnly).studies().count == 6)
    }

    @Test("its views are what they say")
    func views() async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let record = try Sample.record()
        try ledger.create(record)
        let pulls = try await Sample.pulls(of: record)
        for pull in pulls { try await ledger.record(pull, of: record) }
        func number(_ sql: String) throws -> Int? { try raw(ledger.path) { try Int.fetchOne($0, sql: sql) } }
        #expect(try number("SELECT count(*) FROM v_pull") == pulls.count)
        let checkpoints = pulls.reduce(0) { $0 + $1.result.trace.checkpoints.count }
        #expect(try number("SELECT count(*) FROM v_trace") == checkpoints)
        let spent = pulls.reduce(0) { $0 + $1.result.evaluations }
        #expect(try number("SELECT max(spent_so_far) FROM v_spend") == spent)
        #expect(try number("SELECT evaluations FROM v_study WHERE problem = 'sphere (3 dimensions)'") == spent)
    }
}
