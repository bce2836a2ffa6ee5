import Inner
import Outer
import Support
import Testing

/// What a verdict says beside arm and knee.
struct VerdictPartsTests {
    private func space() throws -> ArmSpace {
        var factors = ArmSpace.Factors()
        factors.swarmSizes = [4, 8, 16]
        factors.inertias = ["0.5", "0.7"]
        factors.topologies = ["global", "ring"]
        return try ArmSpace(factors, floor: 16, ceiling: 128)
    }

    private func shares(_ quality: (Arm) -> Double) throws -> [FactorImportance.Factor: Double] {
        let space = try space()
        let importance = FactorImportance.of((0..<space.count).map { quality(space[$0]) }, space)
        return Dictionary(uniqueKeysWithValues: importance.map { ($0.factor, $0.share) })
    }

    @Test("an additive quality is split by the variances of its parts, nothing is left to interplay")
    func additive() throws {
        // Level 0 ... 3 has variance 1.25, a coin of 0 and 3 has 2.25, three sizes 0, 1, 2 have 2 / 3.
        let shares = try shares { arm in
            let size = Double([4: 0, 8: 1, 16: 2][arm.configuration.swarmSize]!)
            return Double(arm.level) + (arm.configuration.topology == "global" ? 3 : 0) + size
        }
        let total = 1.25 + 2.25 + 2 / 3.0
        #expect(abs(shares[.budget]! - 1.25 / total) < 1e-12 && abs(shares[.topology]! - 2.25 / total) < 1e-12)
        #expect(abs(shares[.swarmSize]! - 2 / 3.0 / total) < 1e-12)
        #expect(shares[.inertia]! < 1e-12 && shares[.interplay]! < 1e-12)
        #expect(shares[.rule] == nil && shares[.boundary] == nil, "a factor with one value explains nothing")
    }

    @Test("what only two factors together decide is interplay")
    func interplay() throws {
        let shares = try shares { ($0.configuration.topology == "global") == ($0.configuration.swarmSize == 4) ? 1 : 0 }
        // Broken twin: by itself, topology says nothing beyond the imbalance of three sizes.
        #expect(shares[.interplay]! > 0.85 && shares[.topology]! < 0.15)
        #expect(abs(shares.values.reduce(0, +) - 1) < 1e-12)
    }

    @Test("nothing is important where all arms are alike")
    func constant() throws {
        let space = try space()
        #expect(FactorImportance.of(Array(repeating: 1, count: space.count), space) == [])
    }

    private func learned(_ change: (inout PlantedStudy) -> Void = { _ in }, goal: Goal = .price(1)) async throws
        -> (study: PlantedStudy, verdict: Verdict)
    {
        var study = try PlantedStudy.standard()
        change(&study)
        let spec = StudySpec(space: study.space, goal: goal, maxPulls: 120)
        let pulls = try await runStudy(spec, workers: 1, launch: study.launch, record: { _ in }).pulls
        return (study, try #require(try Verdict.of(spec, pulls)))
    }

    @Test("below the knee a doubling wins more than two pairs of three, beyond it no more")
    func steps() async throws {
        let (study, verdict) = try await learned { $0.knee = 2 }
        let (doubling, halving) = (try #require(verdict.doubling), try #require(verdict.halving))
        #expect(halving.larger == verdict.arm.budget && halving.smaller * 2 == halving.larger)
        #expect(doubling.smaller == verdict.arm.budget && doubling.larger == 2 * doubling.smaller)
        #expect(halving.winShare > 2 / 3.0 && halving.payProbability > 0.5)
        #expect(doubling.winShare < 2 / 3.0 && doubling.payProbability < 0.5)
        #expect(halving.gain > doubling.gain)
        let flat = try await learned { $0.slope = 0 }.verdict
        #expect(flat.halving == nil && flat.arm.budget == study.space.floor, "below the floor there is nothing")
        let rising = try await learned { $0.knee = 100 }.verdict
        #expect(rising.doubling == nil && rising.arm.budget == study.space.ceiling)
    }

    @Test("near ties are told with their probability, the likeliest first")
    func nearTies() async throws {
        let verdict = try await learned().verdict
        let ties = verdict.nearTies
        #expect(!ties.isEmpty && ties.allSatisfy { $0.probability > NearTie.threshold })
        #expect(ties.reduce(0) { $0 + $1.probability } <= 1 && Set(ties.map(\.arm.index)).count == ties.count)
        #expect(zip(ties, ties.dropFirst()).allSatisfy { $0.probability >= $1.probability })
        #expect(ties.contains { $0.arm == verdict.arm })
    }

    @Test("a study finds out what its quality depends on")
    func importance() async throws {
        let verdict = try await learned { $0.knee = 3 }.verdict
        let shares = verdict.importance
        #expect(abs(shares.reduce(0) { $0 + $1.share } - 1) < 1e-9)
        #expect(shares.first?.factor == .budget, "\(shares)")
        #expect(shares.last?.factor == .interplay)
    }
}
