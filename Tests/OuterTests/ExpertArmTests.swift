import Inner
import Outer
import Strategies
import Testing

@Suite("Swarms of experts as arms")
struct ExpertArmTests {
    @Test("a rule's name says all of it")
    func names() throws {
        var rule = ExpertRule()
        #expect(rule.name == "experts: p 0.3, g 0.4, w 0.05, step 0.7, patience none" && ExpertRule(rule.name) == rule)
        #expect(rule.words == ["p 0.3", "g 0.4", "w 0.05", "step 0.7"])
        // Names as they were recorded when a patience of 10 was usual.
        rule.patience = 10
        #expect(rule.name == "experts: p 0.3, g 0.4, w 0.05, step 0.7" && ExpertRule(rule.name) == rule)
        #expect(rule.words.last == "patience 10")
        (rule.cognitive, rule.social, rule.repulsion, rule.step) = (0.1, 1.0 / 3, 0, 1)
        (rule.extrapolates, rule.restart, rule.patience) = (true, 3, 4)
        (rule.skippedIterations, rule.skippedParticles) = (0.25, 0.5)
        #expect(ExpertRule(rule.name) == rule, "\(rule.name)")
        for name in ["inertiaWeight:1.49618", "experts: q 1", "experts: p", "none"] { #expect(ExpertRule(name) == nil) }
    }

    @Test("all combinations of the values are arms, and each is the swarm it names")
    func space() throws {
        let space = try ArmSpace(.expertSwarms, floor: 40, ceiling: 5120)
        #expect(space.configurations.count == 7 * 3 * 3 * 3 && space.levels == 8)
        for configuration in space.configurations {
            let swarm = try #require(try configuration.searchFamily() as? ExpertSwarm)
            let rule = try #require(configuration.experts)
            #expect(swarm.size == configuration.swarmSize && "\(swarm.weights.inertia)" == configuration.inertiaLabel)
            #expect(swarm.weights.social == rule.social && swarm.steps.first == rule.step)
            #expect(configuration.isSwarm && configuration.hasSize && !configuration.isParticleSwarm)
        }
    }

    @Test("factors that no swarm can have are refused with their value")
    func flaws() throws {
        func refused(_ value: String, _ change: (inout ArmSpace.Factors) -> Void) {
            var factors = ArmSpace.Factors.expertSwarms
            change(&factors)
            #expect {
                _ = try ArmSpace(factors, floor: 40, ceiling: 80)
            } throws: { error in
                guard case .argument(_, let told, _)? = error as? SelectionError else { return false }
                return told == value
            }
        }
        refused("-0.1") { $0.socials = [0.2, -0.1] }
        refused("0.0") { $0.steps = [0] }
        refused("inf") { $0.repulsions = [.infinity] }
        refused("linear") { $0.inertias = ["linear"] }
        refused("2.0") { $0.experts.skippedParticles = 2 }
        refused("0") { $0.experts.restart = 0 }
    }

    @Test("what swarms differ in is told apart as factors of their own")
    func importance() throws {
        let space = try ArmSpace(.expertSwarms, floor: 40, ceiling: 160)
        // Only the step matters, and twice as much the size.
        let means = (0..<space.count).map { arm in
            let configuration = space[arm].configuration
            return (configuration.experts?.step ?? 0) + (configuration.swarmSize > 20 ? 1.0 : 0)
        }
        let shares = FactorImportance.of(means, space)
        #expect(shares[0].factor == .swarmSize && shares[1].factor == .step)
        #expect(abs(shares[0].share + shares[1].share - 1) < 1e-9)
        #expect(!shares.contains { $0.factor == .rule })
    }

    @Test("neighbours are more alike than strangers, and the kernel is positive definite enough for its features")
    func kernel() throws {
        let space = try ArmSpace(.expertSwarms, floor: 40, ceiling: 320)
        let features = Features(space)
        #expect(features.count > 20)
        var beliefs = try Beliefs(space, goal: .price(1))
        // One search of one arm tells more of a neighbour's step than of the farthest.
        let near = space.configurations.firstIndex { $0.experts?.step == 0.75 && $0.swarmSize == 20 }!
        let far = space.configurations.firstIndex { $0.experts?.step == 1 && $0.swarmSize == 20 }!
        let own = space.configurations.firstIndex { $0.experts?.step == 0.5 && $0.swarmSize == 20 }!
        let before = beliefs.posterior()
        for seed in 0..<8 {
            let trace = Trace(
                (0..<space.checkpointCount).map {
                    .init(evaluations: space.grid.evaluations(at: $0), best: Double(seed))
                })
            beliefs.absorb(arm: space.index(configuration: own, level: 3), trace: trace)
        }
        beliefs.rescore()
        let after = beliefs.posterior()
        let shrunk = { (configuration: Int) in
            let arm = space.index(configuration: configuration, level: 3)
            return after.deviation(of: arm) / before.deviation(of: arm)
        }
        #expect(shrunk(own) < shrunk(near) && shrunk(near) < shrunk(far) && shrunk(far) < 1)
    }
}
