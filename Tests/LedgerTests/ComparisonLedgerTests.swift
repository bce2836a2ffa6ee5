import Foundation
import GRDB
import Inner
import Ledger
import Outer
import Problems
import Testing

@Suite("Comparisons in a ledger")
struct ComparisonLedgerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func spec(_ families: [String] = ["particleSwarm", "uniformRandom"], blocks: Int = 2) throws
        -> ComparisonSpec
    {
        ComparisonSpec(
            contestants: families.map { Contestant(name: $0, family: $0) },
            problems: [
                ComparedProblem(
                    try .builtIn("sphere", dimension: 2, instance: 3), instances: [3, 4], budgets: [20, 80])
            ], blocks: blocks, seed: .max)
    }

    private func record(_ spec: ComparisonSpec, _ name: String = "c") -> ComparisonRecord {
        ComparisonRecord(
            name: name, spec: spec,
            provenance: Provenance(created: "now", commandLine: ["knee"], programVersion: "1", host: "h"))
    }

    private func search(
        _ spec: ComparisonSpec, block: Int, improvements: [Trace.Checkpoint], isSolved: Bool = true
    ) throws -> ComparedSearch {
        let best = isSolved ? SearchResult.Best(point: [0.5, -1e-300], value: improvements.last?.best ?? 0) : nil
        let result = SearchResult(
            trace: Trace(), best: best, evaluations: 80, failures: isSolved ? 0 : 80, improvements: improvements)
        return ComparedSearch(
            .init(contestant: "uniformRandom", problem: 0, block: block, budget: 80),
            try Configuration(family: "uniformRandom", swarmSize: 1), result, seconds: 0.5)
    }

    @Test("what is recorded is read again, to the last bit, by whatever gaps and values")
    func roundTrip() async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let comparison = record(try spec())
        try ledger.create(comparison)
        var chance = RandomStream(seed: 2)
        var evaluations = 0
        let improvements = (0..<500).map { number in
            evaluations += 1 + Int(chance.next() >> UInt64(64 - number % 40))
            return Trace.Checkpoint(evaluations: evaluations, best: chance.normal() * 0x1p-1000)
        }
        try await ledger.record(try search(comparison.spec, block: 0, improvements: improvements), of: comparison)
        try await ledger.record(
            try search(comparison.spec, block: 1, improvements: [], isSolved: false), of: comparison)
        let read = try ledger.searches(of: try ledger.comparison(named: "c"))
        #expect(read.count == 2 && read[0].improvements == improvements && read[1].improvements.isEmpty)
        #expect(read[0].best?.point == [0.5, -1e-300] && read[1].best == nil && read[1].failures == 80)
        #expect(read[0].configuration.family == "uniformRandom" && read[0].place.block == 0)
        let known = try ledger.comparison(named: "c")
        #expect(known.spec == comparison.spec && known.spec.problems[0].manifest(block: 3).label.contains("instance 4"))
        let listed = try ledger.comparisons()
        #expect(listed.count == 1 && listed[0].searches == 2 && listed[0].evaluations == 160)
    }

    @Test("a search that two processes have made is recorded once")
    func twice() async throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let comparison = record(try spec())
        try ledger.create(comparison)
        let other = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let search = try search(comparison.spec, block: 0, improvements: [.init(evaluations: 1, best: 2)])
        try await ledger.record(search, of: comparison)
        try await other.record(search, of: comparison)
        #expect(try ledger.searches(of: comparison).count == 1)
    }

    @Test("a comparison only grows: families, blocks, problems behind the others")
    func growth() throws {
        let ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        let small = record(try spec())
        try ledger.create(small)
        #expect(throws: LedgerError.comparisonExists(name: "c")) { try ledger.create(small) }
        #expect(throws: LedgerError.noComparison(name: "d", known: ["c"])) { try ledger.comparison(named: "d") }
        let more = try spec(["uniformRandom", "particleSwarm", "constriction"], blocks: 5)
        #expect(more.extends(small.spec) && !small.spec.extends(more))
        _ = try ledger.extend(small, to: more)
        #expect(try ledger.comparison(named: "c").spec == more)
        let otherSeed = ComparisonSpec(contestants: more.contestants, problems: more.problems, blocks: 5, seed: 2)
        let otherBudget = ComparisonSpec(
            contestants: more.contestants,
            problems: [ComparedProblem(more.problems[0].manifest, instances: [3, 4], budgets: [20])], blocks: 5,
            seed: .max)
        #expect(!otherSeed.extends(more) && !otherBudget.extends(more))
    }

    @Test("a torn record is told, and says whose it is")
    func torn() async throws {
        let path = folder.file("k.sqlite")
        let ledger = try Ledger(at: path, .readWrite)
        let comparison = record(try spec())
        try ledger.create(comparison)
        let improvements = [Trace.Checkpoint(evaluations: 3, best: 1), .init(evaluations: 300, best: 0.5)]
        try await ledger.record(try search(comparison.spec, block: 0, improvements: improvements), of: comparison)
        let bytes = try raw(path) { try Data.fetchOne($0, sql: "SELECT improvements FROM compared_search") ?? Data() }
        #expect(bytes.count == 19)
        for length in [18, 11, 10] {
            try raw(path) {
                try $0.execute(
                    sql: "UPDATE compared_search SET improvements = ?", arguments: [Data(bytes.prefix(length))])
            }
            #expect(throws: LedgerError.self) { try ledger.searches(of: comparison) }
        }
    }

    private func raw<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
        try DatabaseQueue(path: path).writeWithoutTransaction(body)
    }

    @Test("all contestants of a block share its chance, and blocks and problems do not")
    func commonChance() throws {
        let spec = try spec()
        let keys = [(0, 0), (0, 1), (1, 0), (1, 1)].map { spec.stream(problem: $0, block: $1).key }
        #expect(Set(keys).count == 4 && keys[0] == spec.stream(problem: 0, block: 0).key)
        #expect(spec.problems[0].learned.label.contains("instance 100000"), "an instance that no block has")
    }
}
