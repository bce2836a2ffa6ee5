import Inner
import Outer
import Support
import Testing

struct PropensityTests {
    private static let names = PolicyCatalogue.all.entries.map(\.name)
    private static let decisions = 3000
    /// What estimates may be off by: a decision counts its own draw as one of 127, and Student's law is taken for a
    /// normal one.
    private static let allowance = 0.02

    /// Few enough arms to be contenders all of them, and beliefs unsure enough to choose several.
    private func fewArms() throws -> Beliefs {
        var factors = ArmSpace.Factors()
        factors.swarmSizes = [8, 32]
        factors.inertias = ["0.7298"]
        factors.topologies = ["ring"]
        var study = PlantedStudy(space: try ArmSpace(factors, floor: 16, ceiling: 64))
        (study.slope, study.noise) = (0.3, 1)
        return try study.beliefs(pulls: 4, goal: .price(0.7))
    }

    /// For every arm, how often it is chosen, and the mean probability that was stated when it was.
    private func choices(_ policy: any Policy, _ beliefs: Beliefs, allowed: [Int]) -> [(
        frequency: Double, stated: Double
    )] {
        var (chosen, stated) = ([Double](repeating: 0, count: beliefs.space.count), [Double]())
        stated = chosen
        for seed in 0..<UInt64(Self.decisions) {
            let decision = policy.decide(from: beliefs, allowed: allowed, stream: RandomStream(seed: seed))
            chosen[decision.arm] += 1
            stated[decision.arm] += decision.propensity
        }
        return zip(chosen, stated).map { ($0 / Double(Self.decisions), $0 > 0 ? $1 / $0 : 0) }
    }

    /// The largest distance between frequencies and stated probabilities, over its bound at a false alarm of 1e-6.
    private func worst(_ frequencies: [Double], _ stated: [Double]) -> Double {
        zip(frequencies, stated).reduce(0) { worst, arm in
            let (frequency, stated) = arm
            guard frequency > 0.03 else { return worst }
            let deviation = (frequency * (1 - frequency) / Double(Self.decisions)).squareRoot()
            let bound = deviationBound(falseAlarm: 1e-6 / 6) * deviation + Self.allowance
            return max(worst, (stated - frequency).magnitude / bound)
        }
    }

    @Test(
        "a stated probability is the frequency with which the arm is chosen", arguments: names,
        [[0, 1, 2, 3, 4, 5], [0, 3, 5]])
    func isCalibrated(name: String, allowed: [Int]) throws {
        let choices = choices(try PolicyCatalogue.all.make(name), try fewArms(), allowed: allowed)
        #expect(worst(choices.map(\.frequency), choices.map(\.stated)) < 1)
    }

    @Test("a variance passed for a standard deviation would be noticed, and so would a uniform choice")
    func brokenTwins() throws {
        let beliefs = try fewArms()
        let arms = Array(0..<beliefs.space.count)
        let stated = choices(ThompsonSampling.thompson, beliefs, allowed: arms).map(\.stated)
        for twin in [VarianceForDeviation(), UniformRandom.uniform] as [any Policy] {
            #expect(worst(choices(twin, beliefs, allowed: arms).map(\.frequency), stated) > 1, "\(twin.name)")
        }
    }

    @Test("uniform choice is uniform; Thompson's choice would be noticed", arguments: ["uniform", "thompson"])
    func uniformIsUniform(name: String) throws {
        let beliefs = try fewArms()
        let allowed = [0, 2, 3, 5]
        let observed = choices(try PolicyCatalogue.all.make(name), beliefs, allowed: allowed).map {
            Int(($0.frequency * Double(Self.decisions)).rounded())
        }
        let distance = chiSquare(
            observed: allowed.map { observed[$0] }, expected: allowed.map { _ in Double(Self.decisions) / 4 })
        #expect((distance < chiSquareBound(freedom: 3, falseAlarm: 1e-6)) == (name == "uniform"))
    }
}

/// The broken twin: the width of most draws is squared, a variance passed for a standard deviation.
private struct VarianceForDeviation: Policy {
    let name = "varianceForDeviation"

    func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let posterior = beliefs.posterior()
        var chance = stream.split(.decision)
        let (draws, means, offsets) = (posterior.draw(using: &chance), posterior.mean(), beliefs.offsets())
        let utility = { (arm: Int) in
            means[arm] + 0.25 * posterior.deviation(of: arm) * (draws[arm] - means[arm]) + (offsets[arm] ?? -.infinity)
        }
        return Decision(arm: allowed.max { utility($0) < utility($1) }!, contenders: [], propensity: 1)
    }
}
