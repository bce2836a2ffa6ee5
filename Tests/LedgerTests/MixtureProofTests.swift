import Inner
import Ledger
import Outer
import Testing

@Suite("Proofs of compositions")
struct MixtureProofTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger
    private let study: StudyRecord

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        study = StudyRecord(
            name: "d", problem: .digits(pool: 1),
            spec: StudySpec(space: try ArmSpace(.expertSwarms, floor: 50, ceiling: 400), goal: .price(1), seed: 1),
            provenance: Provenance(created: "now", commandLine: ["knee"], programVersion: "1", host: "h"))
        try ledger.create(study)
    }

    private static let uniform = [Double](repeating: 0.1, count: 10)

    private func record(_ method: String, _ point: [Double]?) async throws {
        let best = point.map { SearchResult.Best(point: $0, value: 0.25) }
        try await ledger.record(
            MixtureSearch(method, number: 0, budget: 4, evaluations: 4, best: best, seconds: 0), of: study)
    }

    /// Half of the examples are wrong.
    private func test(_ mixture: [Double]) async throws {
        var evaluation = Evaluation(value: 0.5)
        evaluation.losses = [0, 1, 1, 0]
        try await ledger.record(TestedMixture(mixture, evaluation), of: study)
    }

    @Test("baselines that found mixtures, or nothing, and tests of what was found are consistent")
    func consistent() async throws {
        try await record("uniformSoup", Self.uniform)
        try await record("hullRandom", [1.5, -0.5] + [Double](repeating: 0, count: 8))
        try await record("greedySoup", nil)
        try await test(Self.uniform)
        try await test([1] + [Double](repeating: 0, count: 9))
        #expect(try ledger.proof(of: study).flaws.isEmpty)
    }

    @Test("what adds up to something else, or is of other experts, is no mixture", arguments: [9, 10])
    func strange(count: Int) async throws {
        try await record("hullCMAES", [Double](repeating: 0.11, count: count))
        #expect(try ledger.proof(of: study).flaws == [.mixture(method: "hullCMAES", number: 0)])
    }

    @Test("a test of what nobody found, or whose losses come to something else, is told")
    func tests() async throws {
        try await record("uniformSoup", Self.uniform)
        try await test(Self.uniform)
        try await test([0.2, 0] + [Double](repeating: 0.1, count: 8))
        #expect(try ledger.proof(of: study).flaws == [.test(number: 1)])
        try folder.execute("UPDATE tested_mixture SET value = 0.375 WHERE id = 1", in: "k.sqlite")
        #expect(try ledger.proof(of: study).flaws == [.test(number: 0), .test(number: 1)])
    }
}
