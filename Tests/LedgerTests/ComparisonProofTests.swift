import Inner
import Ledger
import Outer
import Problems
import Strategies
import Testing

@Suite("Proofs of comparisons")
struct ComparisonProofTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
    }

    /// Real searches by two families of a quiet and a noisy problem, two blocks each.
    private func whole() async throws -> ComparisonRecord {
        let families = ["particleSwarm", "constriction"]
        let spec = ComparisonSpec(
            contestants: families.map { Contestant(name: $0, family: $0) },
            problems: try ["sphere", "noisy-sphere"].map {
                ComparedProblem(try .builtIn($0, dimension: 2, instance: 3), instances: [3, 4], budgets: [80])
            }, blocks: 2, seed: 5)
        let record = ComparisonRecord(
            name: "c", spec: spec,
            provenance: Provenance(created: "now", commandLine: ["knee"], programVersion: "1", host: "h"))
        try ledger.create(record)
        for (problem, compared) in spec.problems.enumerated() {
            for block in 0..<2 {
                guard case .pure(let pure) = try compared.manifest(block: block).make() else { continue }
                for name in families {
                    let configuration = try Configuration(family: name, swarmSize: 8)
                    let result = Inner.run(
                        try configuration.searchFamily(), on: pure, budget: 80,
                        stream: spec.stream(problem: problem, block: block), improvements: true)
                    let place = ComparedSearch.Place(contestant: name, problem: problem, block: block, budget: 80)
                    try await ledger.record(ComparedSearch(place, configuration, result, seconds: 0), of: record)
                }
            }
        }
        return record
    }

    @Test("a comparison as it was recorded is consistent, every best point without noise evaluated again")
    func consistent() async throws {
        let proof = try ledger.proof(of: try await whole())
        #expect(proof.flaws.isEmpty && proof.searches == 8 && proof.reevaluated == 4, "\(proof)")
    }

    @Test(
        "whatever is changed by hand is found",
        arguments: [
            ("UPDATE compared_search SET contestant = 'jade' WHERE id = 1", "stranger"),
            ("UPDATE compared_search SET problem = 2 WHERE id = 2", "stranger"),
            ("UPDATE compared_search SET block = 7 WHERE id = 3", "stranger"),
            ("UPDATE compared_search SET budget = 81 WHERE id = 4", "stranger"),
            ("UPDATE compared_search SET best = best / 2 WHERE id = 1", "improvements"),
            ("UPDATE compared_search SET evaluations = 1 WHERE id = 1", "improvements"),
            ("UPDATE compared_search SET improvements = x'' WHERE id = 5", "improvements"),
            ("UPDATE compared_search SET best_point = '[0,0]' WHERE id = 2", "best"),
            ("UPDATE compared_search SET best_point = '[0]' WHERE id = 2", "best"),
            ("UPDATE compared_search SET improvements = x'80' WHERE id = 1", "unreadable"),
        ])
    func tampered(sql: String, kind: String) async throws {
        let record = try await whole()
        try folder.execute(sql, in: "k.sqlite")
        let flaws = try ledger.proof(of: record).flaws.map { "\($0)".prefix { $0 != "(" } }
        #expect(!flaws.isEmpty && flaws.allSatisfy { $0 == kind }, "\(flaws)")
    }

    @Test("improvements that lead to a better best than there was are found by its point")
    func exaggerated() async throws {
        let record = try await whole()
        let search = try #require(try ledger.searches(of: record).first)
        let best = try #require(search.best)
        var improvements = search.improvements
        improvements[improvements.count - 1] = Trace.Checkpoint(
            evaluations: improvements[improvements.count - 1].evaluations, best: best.value / 2)
        // Another ledger takes the row that this one would refuse to have twice.
        let other = try Ledger(at: folder.file("other.sqlite"), .readWrite)
        try other.create(record)
        let result = SearchResult(
            trace: Trace(), best: .init(point: best.point, value: best.value / 2), evaluations: search.evaluations,
            improvements: improvements)
        try await other.record(ComparedSearch(search.place, search.configuration, result, seconds: 0), of: record)
        #expect(try other.proof(of: record).flaws == [.best(search.place)])
    }
}
