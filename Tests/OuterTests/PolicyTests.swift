import Foundation
import Inner
import Outer
import RealModule
import Support
import Testing

struct PolicyTests {
    private static let names = PolicyCatalogue.all.entries.map(\.name)

    @Test("every policy keeps its promises, before the first pull and after many", arguments: names, [0, 1, 30])
    func contract(name: String, pulls: Int) throws {
        let policy = try PolicyCatalogue.all.make(name)
        #expect(policy.name == name)
        for goal in [Goal.price(1), .total(512)] {
            expectContract(of: policy, from: try PlantedStudy.standard().beliefs(pulls: pulls, goal: goal))
        }
    }

    @Test("every policy's file has its catalogue line")
    func filesAreListed() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../Sources/Outer/Policies")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        #expect(Set(files).isSuperset(of: ["Policy.swift", "Decision.swift"]))
        #expect(files.count - 2 == Self.names.count)
    }

    @Test(
        "the first contender was chosen for its draw and offset, or else the choice was not the best", arguments: names)
    func contendersExplain(name: String) throws {
        let policy = try PolicyCatalogue.all.make(name)
        let beliefs = try PlantedStudy.standard().beliefs(pulls: 30)
        let arms = Array(0..<beliefs.space.count)
        for seed in 0..<50 as Range<UInt64> {
            let decision = policy.decide(from: beliefs, allowed: arms, stream: RandomStream(seed: seed))
            guard let best = decision.contenders.max(by: { $0.drawnUtility < $1.drawnUtility }) else { continue }
            // These two go against what they compare one time in ten, and their propensity says so.
            let goesAgainst = ["contrast", "epsilonGreedy"].contains(name) && decision.propensity < 0.5
            #expect(best.arm == decision.arm || goesAgainst, "\(name)")
        }
    }

    @Test("every decision is computed again from the recorded pulls", arguments: names, [1, 4])
    func decisionsAreRecomputed(name: String, lookAhead: Int) async throws {
        let study = try PlantedStudy.standard()
        for (goal, purse) in [(Goal.price(1), 3000), (.total(300), nil)] as [(Goal, Int?)] {
            let spec = StudySpec(
                space: study.space, goal: goal, policy: name, seed: 6, lookAhead: lookAhead, purse: purse, maxPulls: 20)
            let pulls = try await runStudy(spec, workers: 2, launch: delayed(study.launch), record: { _ in }).pulls
            #expect(pulls.count >= 8)
            for pull in pulls {
                #expect(try Learner.recompute(pull.number, of: spec, from: pulls) == pull.decision)
            }
        }
    }

    @Test("decisions are the same for y, log y, y^3 and 5y - 2, and others for -y", arguments: names)
    func transformsDoNotMatter(name: String) throws {
        let policy = try PolicyCatalogue.all.make(name)
        var study = try PlantedStudy.standard()
        // Without a model it takes long until every arm has runs that can be compared.
        let pulls = policy.isModelFree ? 160 : 40
        let decisions = { (study: PlantedStudy) in try study.decisions(of: policy, pulls: pulls, seed: 5) }
        study.transform = { Double.exp($0) }
        let plain = try decisions(study)
        let transforms: [@Sendable (Double) -> Double] = [{ Double.log($0) }, { $0 * $0 * $0 }, { 5 * $0 - 2 }]
        for transform in transforms {
            study.transform = { transform(Double.exp($0)) }
            #expect(try decisions(study) == plain)
        }
        study.transform = { -Double.exp($0) }
        // Uniform choice asks for no score.
        #expect(try decisions(study) != plain || name == "uniform")
    }

    /// Of six equal configurations x 3 budgets, of which the prior mean thinks much alike, those that 1000 runs left
    /// without a value.
    private func neglected(_ policy: any Policy) throws -> Int {
        var factors = ArmSpace.Factors()
        factors.swarmSizes = [11, 23]
        factors.inertias = ["0.5", "0.6", "0.7298"]
        factors.topologies = ["global"]
        let study = PlantedStudy(space: try ArmSpace(factors, floor: 16, ceiling: 64))
        let tried = try study.decisions(of: policy, pulls: 1000, goal: .price(0), seed: 2).map { study.space[$0.arm] }
        return (0..<study.space.count).count { arm in
            let arm = study.space[arm]
            return !tried.contains { $0.configurationIndex == arm.configurationIndex && $0.level >= arm.level }
        }
    }

    @Test("successive halving begins brackets over the budgets that are open, one after the other")
    func brackets() throws {
        let study = try PlantedStudy.standard()
        var beliefs = try Beliefs(study.space, goal: .price(1), levels: 3)
        let allowed = (0..<study.space.count).filter { study.space[$0].level < 3 }
        // Two brackets of 4 + 2 + 1 runs, and the first of a third.
        for (number, level) in [0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 1, 1, 2, 0].enumerated() {
            beliefs.rescore()
            let decision = SuccessiveHalving.halving.decide(
                from: beliefs, allowed: allowed, stream: RandomStream(seed: 4).split(.decision, number))
            let arm = study.space[decision.arm]
            #expect(arm.level == level, "\(number)")
            let trace = study.result(of: arm, stream: RandomStream(seed: 4).split(.search, number)).trace
            beliefs.absorb(arm: arm.index, trace: trace)
        }
    }

    @Test("no arm starves: each gets a run, or is the beginning of one, in 1000 pulls", arguments: names)
    func nothingStarves(name: String) throws {
        #expect(try neglected(try PolicyCatalogue.all.make(name)) == 0)
    }

    @Test("a greedy policy would starve arms")
    func greedStarves() throws {
        #expect(try neglected(Greedy()) > 0)
    }
}

/// The broken twin: no chance at all.
private struct Greedy: Policy {
    let name = "greedy"

    func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let (means, offsets) = (beliefs.posterior().mean(), beliefs.offsets())
        let utility = { (arm: Int) in means[arm] + (offsets[arm] ?? -.infinity) }
        return Decision(arm: allowed.max { utility($0) < utility($1) }!, contenders: [], propensity: 1)
    }
}
