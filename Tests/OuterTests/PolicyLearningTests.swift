import Inner
import Outer
import Support
import Testing

/// Predictive Thompson and the independent one are provided as controls: they have to be valid, not good.
struct PolicyLearningTests {
    private static let learning = PolicyCatalogue.all.entries.map(\.name).filter {
        !["predictive", "independent", "uniform"].contains($0)
    }
    private static let studies = 40
    /// P(at least 35 of 40 fair coins) = 7e-7.
    private static let enough = 35

    /// Mean planted utility of what a policy launches, every arm weighing the evaluations spent on it.
    private func utility(_ policy: any Policy, purse: Int, seed: UInt64) throws -> Double {
        let study = try PlantedStudy.standard()
        var (sum, spent) = (0.0, 0.0)
        for decision in try study.decisions(of: policy, purse: purse, seed: seed) {
            let arm = study.space[decision.arm]
            sum += Double(arm.budget) * (study.quality(of: arm.index) - 0.2 * Double(arm.level))
            spent += Double(arm.budget)
        }
        return sum / spent
    }

    private func wins(_ policy: any Policy, seedShift: UInt64 = 0) throws -> Int {
        // Without a model every arm has to be tried first, some of them often: that is the handicap of those policies.
        let purse = policy.isModelFree ? 40_000 : 8000
        return try (1...UInt64(Self.studies)).count {
            try utility(policy, purse: purse, seed: $0 + seedShift)
                > utility(UniformRandom.uniform, purse: purse, seed: $0)
        }
    }

    @Test("a policy that learns beats uniform choice in 35 planted studies of 40: by chance 7e-7", arguments: learning)
    func learningPays(name: String) throws {
        #expect(try wins(try PolicyCatalogue.all.make(name)) >= Self.enough)
    }

    @Test("a policy that does not learn would be noticed, and so would one that learns the wrong way round")
    func brokenTwins() throws {
        #expect(try wins(UniformRandom.uniform, seedShift: 1000) < Self.enough)
        #expect(try wins(Backwards()) < Self.enough)
    }
}

/// The broken twin: Thompson sampling that takes a high score for a bad one.
private struct Backwards: Policy {
    let name = "backwards"

    func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        var chance = stream.split(.decision)
        let (draws, offsets) = (beliefs.posterior().draw(using: &chance), beliefs.offsets())
        let utility = { (arm: Int) in (offsets[arm] ?? -.infinity) - draws[arm] }
        return Decision(arm: allowed.max { utility($0) < utility($1) }!, contenders: [], propensity: 1)
    }
}
