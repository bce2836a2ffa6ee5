import Foundation
import GRDB
import Inner
import Ledger
import Outer
import Problems
import Testing

@Suite("The ledger")
struct LedgerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func raw<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
        try DatabaseQueue(path: path).write(body)
    }

    @Test("gives back what it was given, bit for bit")
    func roundTrip() async throws {
        let ledger = try Ledger(at: folder.file("runs/deep/k.sqlite"), .readWrite)
        let record = try Sample.record()
        try ledger.create(record)
        let pulls = try await Sample.pulls(of: record)
        #expect(pulls.count > 5)
        for pull in pulls { try await ledger.record(pull, of: record) }
        let other = try Sample.record("other", purse: nil, goal: .total(700))
        try ledger.create(other)
        try await ledger.record(Sample.failed(0), of: other)

        for reader in [ledger, try Ledger(at: ledger.path, .readOnly)] {
            let read = try reader.study(named: "sphere-1")
            #expect(read.spec == record.spec && read.problem == record.problem && read.provenance == record.provenance)
            #expect(try reader.pulls(of: read) == pulls)
            #expect(Digest.of(try reader.pulls(of: read)) == Digest.of(pulls))
            let failed = try reader.pulls(of: try reader.study(named: "other"))
            #expect(failed == [Sample.failed(0)])
            #expect(Digest.of(failed) == Digest.of([Sample.failed(0)]))
            let goal = try reader.study(named: "other").spec.goal
            #expect(goal == .total(700))
        }
    }

    @Test(
        "bare pulls are the pulls but for contenders and coordinates, and teach the same; digests are of the whole ones"
    )
    func barePulls() async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let record = try Sample.record()
        try ledger.create(record)
        let pulls = try await Sample.pulls(of: record)
        try ledger.record(pulls.shuffled(), of: record)
        let bare = try ledger.pulls(of: record, .bare)
        let digests = try ledger.digests(of: bare, in: record)
        #expect(try ledger.pulls(of: record) == pulls && ledger.pulls(of: record, .bare) == bare)
        #expect(bare.allSatisfy { $0.decision.contenders.isEmpty && $0.result.best?.point.isEmpty == true })
        #expect(bare.map(\.result.trace) == pulls.map(\.result.trace))
        #expect(bare.map(\.result.best?.value) == pulls.map(\.result.best?.value))
        #expect(try Verdict.of(record.spec, bare) == Verdict.of(record.spec, pulls))
        for digests in [digests, try ledger.digests(of: bare, in: record)] {
            #expect(digests.whole.hex == Digest.of(pulls) && digests.decisions.hex == Digest.ofDecisions(pulls))
        }
    }

    @Test("a study whose price counts seconds decides again from the times that were recorded")
    func recordedTimes() async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let record = try Sample.record(cost: .seconds)
        try ledger.create(record)
        for pull in try await Sample.pulls(of: record) { try await ledger.record(pull, of: record) }
        let read = try ledger.study(named: "sphere-1")
        let pulls = try ledger.pulls(of: read)
        #expect(read.spec.cost == .seconds && pulls.count > 5)
        for pull in pulls { #expect(try Learner.recompute(pull.number, of: read.spec, from: pulls) == pull.decision) }
    }

    @Test("commits with synchronous = FULL in WAL mode, foreign keys on")
    func durability() throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        #expect(try ledger.synchronous() == 2)
        #expect(try raw(ledger.path) { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        #expect(throws: DatabaseError.self) {
            try raw(ledger.path) { try $0.execute(sql: "INSERT INTO checkpoint VALUES (999, 1, 'ok', 1.0)") }
        }
    }

    @Test("refuses a name that is taken, or is none, and says which studies there are")
    func names() throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        try ledger.create(try Sample.record())
        #expect(throws: LedgerError.studyExists(name: "sphere-1", path: ledger.path)) {
            try ledger.create(try Sample.record())
        }
        #expect(throws: LedgerError.noStudy(name: "spher-1", known: ["sphere-1"])) {
            try ledger.study(named: "spher-1")
        }
        for bad in ["", "two words", "a/b", String(repeating: "x", count: 101)] {
            #expect(throws: LedgerError.badStudyName(bad)) { try ledger.create(try Sample.record(bad)) }
        }
        #expect(try ledger.hasStudy(named: "sphere-1"))
        #expect(try !ledger.hasStudy(named: "x"))
    }

    @Test("lets no row in that breaks the rules")
    func constraints() async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let record = try Sample.record(purse: 150)
        try ledger.create(record)
        let pulls = try await Sample.pulls(of: record)
        try await ledger.record(pulls[0], of: record)
        // The same number twice.
        await #expect(throws: LedgerError.alreadyRecorded(study: record.name, number: 0)) {
            try await ledger.record(pulls[0], of: record)
        }
        // More than the purse.
        let greedy = Pull(
            number: 9, decision: pulls[0].decision, budget: 800,
            result: SearchResult(
                trace: Trace([.init(evaluations: 800, best: 1)]), best: .init(point: [0], value: 1), evaluations: 800),
            seconds: 0)
        await #expect(throws: LedgerError.self) { try await ledger.record(greedy, of: record) }
        #expect(try ledger.pulls(of: record) == [pulls[0]], "a refused pull leaves nothing behind")
        for bad in [
            "UPDATE pull SET best = NULL", "UPDATE pull SET evaluations = budget + 1", "UPDATE pull SET propensity = 0",
            "UPDATE checkpoint SET best = 'x'", "UPDATE checkpoint SET outcome = 'fine'", "UPDATE study SET spec = 'x'",
            "UPDATE study SET spent = purse + 1", "UPDATE pull SET failures = evaluations + 1",
        ] {
            #expect(throws: DatabaseError.self, "\(bad)") { try raw(ledger.path) { try $0.execute(sql: bad) } }
        }
    }

    @Test("keeps fresh searches with their traces, charges the purse for them, and never beyond it")
    func freshSearches() async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let record = try Sample.record(purse: 1000)
        try ledger.create(record)
        let plan = try ConfirmationPlan(record.spec.space[0], of: record.spec.space, searches: 4)
        let search = { (number: Int, evaluations: Int) in
            FreshSearch(
                number: number,
                result: SearchResult(
                    trace: Trace([.init(evaluations: 50, best: .infinity), .init(evaluations: evaluations, best: -0.5)]
                    ),
                    best: nil, evaluations: evaluations, failures: 3),
                seconds: 0.25)
        }
        try await ledger.record(search(1, 100), of: plan, isCharged: true, in: record)
        try await ledger.record(search(0, 90), of: plan, isCharged: false, in: record)
        #expect(try ledger.freshSearches(of: plan, in: record) == [search(0, 90), search(1, 100)])
        #expect(
            try ledger.chargedFreshSearches(of: record)
                == FreshSpend(searches: 1, evaluations: 100, failures: 3, seconds: 0.25))
        #expect(try ledger.studies()[0].evaluations == 100)
        await #expect(throws: LedgerError.alreadyRecorded(study: record.name, number: 1)) {
            try await ledger.record(search(1, 100), of: plan, isCharged: true, in: record)
        }
        for number in 2..<11 { try await ledger.record(search(number, 100), of: plan, isCharged: true, in: record) }
        await #expect(throws: LedgerError.self) {
            try await ledger.record(search(11, 100), of: plan, isCharged: true, in: record)
        }
        try await ledger.record(search(11, 100), of: plan, isCharged: false, in: record)
        let spend = try ledger.chargedFreshSearches(of: record)
        #expect(spend.evaluations == 1000 && spend.searches == 10 && spend.failures == 30, "\(spend)")
        let other = try ConfirmationPlan(record.spec.space[1], of: record.spec.space, searches: 4)
        #expect(try ledger.freshSearches(of: other, in: record).isEmpty)
    }

    @Test("refuses what is no ledger, and leaves it as it is")
    func foreign() throws {
        let text = folder.file("text.sqlite")
        try Data("not a database, but long enough to look like one\n".utf8).write(to: URL(fileURLWithPath: text))
        let other = folder.file("other.sqlite")
        try raw(other) { try $0.execute(sql: "CREATE TABLE mine (x)") }
        let versioned = folder.file("versioned.sqlite")
        try raw(versioned) { try $0.execute(sql: "CREATE TABLE mine (x); PRAGMA user_version = 1") }
        for path in [text, other, versioned] {
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            for access in [Ledger.Access.readWrite, .readOnly] {
                #expect(throws: LedgerError.notALedger(path: path)) { try Ledger(at: path, access) }
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
        #expect(throws: LedgerError.missing(path: folder.file("none"))) {
            try Ledger(at: folder.file("none"), .readOnly)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("none")))
    }

    @Test("takes an empty file for a ledger that is yet to be made")
    func empty() throws {
        let path = folder.file("k.sqlite")
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: LedgerError.missing(path: path)) { try Ledger(at: path, .readOnly) }
        try Ledger(at: path, .readWrite).create(try Sample.record())
        #expect(try Ledger(at: path, .readOnly).studies().count == 1)
    }

    @Test(
        "refuses a study whose specification was altered so that its searches mean something else",
        arguments: [
            "'$.space.levels', 1", "'$.space.levels', 0", "'$.space.levels', 60", "'$.space.floor', 25",
            "'$.space.floor', 0", "'$.space.configurations', json('[]')", "'$.lookAhead', 0", "'$.seed', 'x'",
        ])
    func altered(change: String) async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let record = try Sample.record()
        try ledger.create(record)
        for pull in try await Sample.pulls(of: record) { try await ledger.record(pull, of: record) }
        try raw(ledger.path) { try $0.execute(sql: "UPDATE study SET spec = json_set(spec, \(change))") }
        let error = #expect(throws: LedgerError.self) { try ledger.pulls(of: try ledger.study(named: record.name)) }
        guard case .unreadable(study: record.name, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("refuses a ledger that a newer program wrote")
    func newer() throws {
        let path = folder.file("k.sqlite")
        let known = try Ledger(at: path, .readWrite).schemaVersion()
        try raw(path) { try $0.execute(sql: "PRAGMA user_version = 99") }
        for access in [Ledger.Access.readWrite, .readOnly] {
            #expect(throws: LedgerError.newer(path: path, version: 99, known: known)) { try Ledger(at: path, access) }
        }
    }

    @Test("is damaged: a torn file is refused with a sentence, not a crash")
    func torn() throws {
        let path = folder.file("k.sqlite")
        _ = try Ledger(at: path, .readWrite)
        try DatabaseQueue(path: path).writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes.replaceSubrange(100..<600, with: Data(repeating: 0xA5, count: 500))
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(throws: LedgerError.self) { try Ledger(at: path, .readWrite).studies() }
    }

    @Test("remembers why a study stopped and what it had learned")
    func verdicts() async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let record = try Sample.record()
        try ledger.create(record)
        #expect(try ledger.lastStop(of: record) == nil)
        let pulls = try await Sample.pulls(of: record)
        for pull in pulls { try await ledger.record(pull, of: record) }
        let verdict = try #require(try Verdict.of(record.spec, pulls))
        try ledger.note(.interrupted, pulls: 2, digests: StudyDigests(Array(pulls.prefix(2))), verdict: nil, of: record)
        try ledger.note(.purse, pulls: pulls.count, digests: StudyDigests(pulls), verdict: verdict, of: record)
        #expect(try ledger.lastStop(of: record)?.reason == .purse)
        let summary = try #require(try ledger.studies().first)
        #expect(summary.stop == .purse && summary.knee == verdict.knee.budget && summary.isSure == verdict.isSure)
        #expect(summary.pulls == pulls.count)
        #expect(summary.evaluations == pulls.reduce(0) { $0 + $1.result.evaluations })
        let knee = try raw(ledger.path) { try Row.fetchAll($0, sql: "SELECT * FROM v_knee") }
        #expect(knee.count == 1 && knee[0]["knee"] == verdict.knee.budget)
        #expect(knee[0]["swarm_size"] == verdict.arm.configuration.swarmSize)
    }

    @Test("records single searches beside studies")
    func runs() async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let record = try Sample.record()
        try ledger.create(record)
        let pull = try await Sample.pulls(of: record)[0]
        for study in [nil, record.name] {
            let run = RunRecord(
                study: study, problem: record.problem,
                configuration: record.spec.space[pull.decision.arm].configuration,
                seed: .max, budget: pull.budget)
            try ledger.record(run, result: pull.result, seconds: 1)
        }
        let rows = try raw(ledger.path) {
            try Row.fetchAll($0, sql: "SELECT study_id, seed, best FROM run ORDER BY id")
        }
        #expect(rows.map { $0["study_id"] as Int? } == [nil, 1])
        #expect(rows.map { $0["seed"] as Int64 } == [-1, -1])
        #expect(rows.map { $0["best"] as Double? } == Array(repeating: pull.result.best?.value, count: 2))
    }

    @Test("network file systems are told from local ones by the mount that holds the path")
    func networkFileSystems() {
        let table = """
            22 27 0:21 / /proc rw,relatime - proc proc rw
            27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
            40 27 0:44 / /home rw,relatime shared:9 - nfs4 server:/home rw,vers=4.2
            41 40 254:1 / /home/me/local rw,relatime - xfs /dev/vdb rw
            42 27 0:50 / /mnt/with\\040space rw - cifs //nas/share rw
            """
        #expect(NetworkFileSystem.type(of: "/srv/runs", in: table) == nil)
        #expect(NetworkFileSystem.type(of: "/home/me/runs", in: table) == "nfs4")
        #expect(NetworkFileSystem.type(of: "/home/me/local/runs", in: table) == nil)
        #expect(NetworkFileSystem.type(of: "/homestead", in: table) == nil)
        #expect(NetworkFileSystem.type(of: "/mnt/with space/runs", in: table) == "cifs")
    }
}
