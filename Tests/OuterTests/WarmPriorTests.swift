import Foundation
import Inner
import Outer
import Support
import Testing

struct WarmPriorTests {
    /// Few enough points for exact features: four configurations x 3 budgets.
    private static func small() throws -> PlantedStudy {
        var factors = ArmSpace.Factors()
        factors.swarmSizes = [8, 20]
        factors.inertias = ["0.5", "0.7298"]
        factors.topologies = ["ring"]
        return PlantedStudy(space: try ArmSpace(factors, floor: 16, ceiling: 64))
    }

    private static func warm(_ study: PlantedStudy, studies: Int, pulls: Int) throws -> (WarmPrior, means: [[Double]]) {
        let past = try (0..<studies).map { try study.beliefs(pulls: pulls, seed: 100 + UInt64($0)) }
        return (
            WarmPrior(past.enumerated().map { WarmPrior.Study("past-\($0)", $1) }),
            past.map { centred($0.posterior().mean()) }
        )
    }

    private static func centred(_ values: [Double]) -> [Double] {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.map { $0 - mean }
    }

    @Test("before the first pull the mean is that of eight problems and the studies before, the variance K + Sp / 2")
    func moments() throws {
        let study = try Self.small()
        let (warm, means) = try Self.warm(study, studies: 3, pulls: 8)
        let cold = try Beliefs(study.space, goal: .price(1)).posterior()
        let posterior = try Beliefs(study.space, goal: .price(1), warm: warm).posterior()
        let (before, after) = (cold.mean(), posterior.mean())
        for arm in before.indices {
            let mean = (8 * before[arm] + means.reduce(0) { $0 + $1[arm] }) / 11
            // Past means are kept in thousandths.
            #expect((after[arm] - mean).magnitude < 1e-3)
            let spread = means.reduce(0) { $0 + ($1[arm] - mean) * ($1[arm] - mean) } / 6
            let (old, new) = (cold.deviation(of: arm), posterior.deviation(of: arm))
            #expect((new * new - old * old - spread).magnitude < 2e-3 && spread > 0)
        }
    }

    @Test("a budget counts by its octaves above the least: another floor, more budgets, and the last octave goes on")
    func octaves() throws {
        let study = try Self.small()
        let (warm, _) = try Self.warm(study, studies: 2, pulls: 8)
        var factors = ArmSpace.Factors()
        (factors.swarmSizes, factors.inertias, factors.topologies) = ([8, 20], ["0.5", "0.7298"], ["ring"])
        let mean = { (floor: Int) throws -> [Double] in
            let space = try ArmSpace(factors, floor: floor, ceiling: floor << 4)
            return try Beliefs(space, goal: .price(1), warm: warm).posterior().mean()
        }
        let (here, there) = (try mean(16), try mean(1000))
        #expect(here == there)
        for start in stride(from: 0, to: here.count, by: 5) {
            #expect((here[start + 4] - here[start + 3] - (here[start + 3] - here[start + 2])).magnitude < 1)
        }
    }

    /// What the recommended arm falls short of the best after three pulls of random arms, the same for all priors.
    private static func shortfall(_ study: PlantedStudy, _ warm: WarmPrior?, seed: Int) throws -> Double {
        var beliefs = try Beliefs(study.space, goal: .price(1), warm: warm)
        var chance = RandomStream(seed: 500 + UInt64(seed))
        for pull in 0..<3 {
            let arm = study.space[chance.index(below: study.space.count)]
            beliefs.absorb(arm: arm.index, trace: study.result(of: arm, stream: chance.split(.search, pull)).trace)
        }
        beliefs.rescore()
        let utility = (0..<study.space.count).map { study.quality(of: $0) - 0.15 * Double(study.space[$0].level) }
        return utility.max()! - utility[try #require(beliefs.leader()).index]
    }

    @Test("who begins with studies of problems alike recommends better after three pulls; with unlike ones not")
    func helps() throws {
        var study = try PlantedStudy.standard()
        study.bestSize = 4
        var unlike = study
        unlike.bestSize = 32
        let (alike, _) = try Self.warm(study, studies: 4, pulls: 60)
        let (other, _) = try Self.warm(unlike, studies: 4, pulls: 60)
        var (wins, twinWins) = (0, 0)
        for seed in 0..<60 {
            let cold = try Self.shortfall(study, nil, seed: seed)
            wins += (try Self.shortfall(study, alike, seed: seed) - cold).sign == .minus ? 1 : 0
            twinWins += (try Self.shortfall(study, other, seed: seed) - cold).sign == .minus ? 1 : 0
        }
        // Of 60 fair coins, 45 or more show heads with a chance below 1e-4: wins and ties alike would not reach it.
        #expect(wins >= 45, "\(wins)")
        #expect(twinWins < 45, "\(twinWins)")
    }

    @Test("a specification keeps it to the last bit, and the same study follows")
    func recorded() async throws {
        let study = try PlantedStudy.standard()
        let (warm, _) = try Self.warm(study, studies: 2, pulls: 20)
        let spec = StudySpec(space: study.space, maxPulls: 12, warm: warm)
        let again = try JSONDecoder().decode(StudySpec.self, from: JSONEncoder().encode(spec))
        #expect(again == spec)
        let digest = { (spec: StudySpec) async throws -> String in
            Outer.Digest.of(try await runStudy(spec, workers: 2, launch: study.launch, record: { _ in }).pulls)
        }
        let first = try await digest(spec)
        #expect(try await digest(again) == first)
        #expect(try await digest(StudySpec(space: study.space, maxPulls: 12)) != first)
    }

    @Test("studies of other configurations, and those that compared nothing, are named")
    func refused() throws {
        let study = try Self.small()
        let spec = StudySpec(space: study.space, maxPulls: 3)
        #expect(throws: WarmPrior.Obstacle.learnedNothing(study: "empty")) {
            _ = try WarmPrior([("empty", spec, [])], for: study.space)
        }
        #expect(throws: WarmPrior.Obstacle.otherConfigurations(study: "other")) {
            _ = try WarmPrior([("other", spec, [])], for: try PlantedStudy.standard().space)
        }
    }
}
