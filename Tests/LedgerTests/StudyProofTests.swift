import Inner
import Ledger
import Outer
import Testing

@Suite("Proofs of studies")
struct StudyProofTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
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
        try await confirm(record)
        return record
    }

    /// Three fresh searches beside the purse, and what they say.
    private func confirm(_ record: StudyRecord) async throws {
        guard case .pure(let problem) = try record.problem.make() else { return }
        let space = record.spec.space
        let plan = try ConfirmationPlan(space[space.index(configuration: 1, level: 1)], of: space, searches: 3)
        var searches: [FreshSearch] = []
        for number in 0..<plan.searches {
            let result = Inner.run(
                try plan.arm.configuration.searchFamily(), on: problem, budget: plan.budget, checkpoints: space.grid,
                stream: record.spec.confirmationStream(number))
            searches.append(FreshSearch(number: number, result: result, seconds: 0.1 * Double(number)))
            try await ledger.record(searches[number], of: plan, isCharged: false, in: record)
        }
        try ledger.record(ConfirmationRecord(searches, of: plan, in: record.spec), of: record)
    }

    @Test("a study as it was recorded is consistent, every decision of it computed again")
    func consistent() async throws {
        let record = try await whole()
        let proof = try ledger.proof(of: record)
        #expect(proof.flaws.isEmpty && proof.decisions == proof.pulls && proof.pulls > 5, "\(proof)")
        #expect(proof.reevaluated == proof.pulls + 3)
        #expect(try ledger.integrity().isEmpty)
    }

    @Test("of confirmations before the last only what no program sees elsewhere has to fit")
    func earlier() async throws {
        let record = try await whole()
        let first = try #require(try ledger.lastConfirmation(of: record))
        try ledger.record(first, of: record)
        try folder.execute(
            "UPDATE confirmation SET confirmation = json_set(confirmation, '$.confirmation.low', 1) WHERE id = 1",
            in: "k.sqlite")
        #expect(try ledger.proof(of: record).flaws.isEmpty)
        try folder.execute(
            "UPDATE confirmation SET confirmation = json_set(confirmation, '$.confirmation.medians[0]', 1) WHERE id = 1",
            in: "k.sqlite")
        #expect(try ledger.proof(of: record).flaws == [.confirmation(1)])
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
            ("UPDATE verdict SET decisions_digest = '0'", "digest"),
            ("UPDATE study SET purse = 2 * purse", "purse"),
            ("UPDATE verdict SET verdict = json_set(verdict, '$.meanScore', 9)", "verdict"),
            ("UPDATE pull SET best = best / 2 WHERE number = 1", "trace best"),
            ("UPDATE pull SET best_point = '[0,0,0]' WHERE number = 2", "best"),
            ("UPDATE pull SET best_point = '[0]' WHERE number = 2", "best"),
            ("UPDATE pull SET outcome = 'undefined', best = NULL, best_point = NULL WHERE number = 3", "trace"),
            ("UPDATE pull SET swarm_size = swarm_size + 1 WHERE number = 0", "settings"),
            ("UPDATE pull SET topology = 'global' WHERE number = 0", "settings"),
            ("UPDATE fresh_search SET best = best / 2 WHERE number = 1", "fresh"),
            ("UPDATE fresh_search SET best_point = '[0,0,0]' WHERE number = 2", "fresh"),
            ("UPDATE fresh_checkpoint SET best = 0 WHERE search_id = 1 AND evaluations = 50", "fresh confirmation"),
            ("UPDATE fresh_search SET number = 7 WHERE number = 2", "confirmation"),
            ("UPDATE fresh_search SET seconds = 9 WHERE number = 0", "confirmation"),
            (
                "UPDATE confirmation SET confirmation = json_set(confirmation, '$.confirmation.median', 400)",
                "confirmation"
            ),
            (
                "UPDATE confirmation SET confirmation = json_set(confirmation, '$.confirmation.searches', 2)",
                "confirmation"
            ),
            ("UPDATE confirmation SET confirmation = json_set(confirmation, '$.arm.budget', 400)", "confirmation"),
            (
                "UPDATE confirmation SET confirmation = json_set(confirmation, '$.confirmation.budgets', json('[]'))",
                "confirmation"
            ),
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
