import Foundation
import Inner
import Outer
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

    /// Mean planted utility of the arms a policy pulls.
    private func utility(_ policy: String, seed: UInt64) async throws -> Double {
        let study = try PlantedStudy.standard()
        let spec = StudySpec(space: study.space, policy: policy, seed: seed, maxPulls: 40)
        let pulls = try await runStudy(spec, workers: 1, launch: study.launch, record: { _ in }).pulls
        let gains = pulls.map { study.quality(of: $0.decision.arm) - 0.2 * Double(study.space[$0.decision.arm].level) }
        return gains.reduce(0, +) / Double(gains.count)
    }

    @Test("a policy that learns beats uniform choice on a planted problem in 20 studies of 20: by chance 2^-20")
    func learningPays() async throws {
        var wins: [String: Int] = [:]
        for seed in 1...20 as ClosedRange<UInt64> {
            let baseline = try await utility("uniform", seed: seed)
            for name in Self.names where name != "uniform" {
                if try await utility(name, seed: seed) > baseline { wins[name, default: 0] += 1 }
            }
            // The broken twin: a policy that does not learn, with other chance.
            if try await utility("uniform", seed: seed + 1000) > baseline { wins["twin", default: 0] += 1 }
        }
        for name in Self.names where name != "uniform" { #expect(wins[name] == 20, "\(name)") }
        #expect(wins["twin", default: 0] < 20)
    }

    /// Few enough arms to be contenders all of them, and beliefs unsure enough to choose several.
    private func fewArms() throws -> Beliefs {
        var factors = ArmSpace.Factors()
        factors.swarmSizes = [8, 32]
        factors.inertias = ["0.7298"]
        factors.topologies = ["ring"]
        var study = PlantedStudy(space: try ArmSpace(factors, floor: 16, ceiling: 64))
        (study.slope, study.noise) = (0.3, 1)
        return try study.beliefs(pulls: 5, goal: .price(0.5))
    }

    @Test("a stated probability is the frequency with which the arm is chosen; a uniform one would be noticed")
    func propensityIsCalibrated() throws {
        let beliefs = try fewArms()
        let (allowed, count) = (Array(0..<beliefs.space.count), 6000)
        var (chosen, stated) = (allowed.map { _ in 0 }, allowed.map { _ in 0.0 })
        for seed in 0..<count {
            let decision = ThompsonSampling.thompson.decide(
                from: beliefs, allowed: allowed, stream: RandomStream(seed: UInt64(seed)))
            chosen[decision.arm] += 1
            stated[decision.arm] += decision.propensity
        }
        var noticed = false
        for arm in allowed where chosen[arm] > 200 {
            let (frequency, times) = (Double(chosen[arm]) / Double(count), Double(chosen[arm]))
            // 127 draws beside the decision's own.
            let expected = (1 + 127 * frequency) / 128
            let variance = frequency * (1 - frequency) * (1 / (127 * times) + 1 / Double(count))
            let bound = deviationBound(falseAlarm: 1e-6 / 6) * variance.squareRoot()
            #expect((stated[arm] / times - expected).magnitude < bound, "arm \(arm)")
            noticed = noticed || (1 / 6.0 - frequency).magnitude > bound
        }
        #expect(noticed && chosen.count { $0 > 200 } >= 2)
    }

    @Test("uniform choice is uniform; Thompson's choice would be noticed", arguments: ["uniform", "thompson"])
    func uniformIsUniform(name: String) throws {
        let beliefs = try fewArms()
        let policy = try PolicyCatalogue.all.make(name)
        let (allowed, count) = ([0, 2, 3, 5], 4000)
        var observed = allowed.map { _ in 0 }
        for seed in 0..<count {
            let arm = policy.decide(from: beliefs, allowed: allowed, stream: RandomStream(seed: UInt64(seed))).arm
            observed[allowed.firstIndex(of: arm)!] += 1
        }
        let distance = chiSquare(observed: observed, expected: allowed.map { _ in Double(count) / 4 })
        #expect((distance < chiSquareBound(freedom: 3, falseAlarm: 1e-6)) == (name == "uniform"))
    }
}
