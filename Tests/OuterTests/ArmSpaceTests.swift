import Foundation
import Inner
import Outer
import Strategies
import Testing

struct ArmSpaceTests {
    private func factors(_ change: (inout ArmSpace.Factors) -> Void = { _ in }) -> ArmSpace.Factors {
        var factors = ArmSpace.Factors()
        change(&factors)
        return factors
    }

    @Test("an arm's index leads to the arm and back")
    func indicesRoundTrip() throws {
        let space = try ArmSpace(floor: 100, ceiling: 3200)
        #expect(space.levels == 6 && space.count == space.configurations.count * 6 && space.ceiling == 3200)
        for index in 0..<space.count {
            let arm = space[index]
            #expect(arm.index == index)
            #expect(space.index(configuration: arm.configurationIndex, level: arm.level) == index)
            #expect(arm.configuration == space.configurations[arm.configurationIndex])
            #expect(arm.budget == 100 << arm.level && arm.budget == space.budget(level: arm.level))
            #expect(space.grid.evaluations(at: space.checkpoint(ofLevel: arm.level)) == arm.budget)
            #expect(arm.iterations == max(1, arm.budget / arm.configuration.swarmSize))
        }
    }

    @Test("the last budget is the greatest octave at or below the ceiling")
    func ceilingIsKept() throws {
        for ceiling in 100..<900 {
            let space = try ArmSpace(floor: 100, ceiling: ceiling)
            #expect(space.ceiling <= ceiling && 2 * space.ceiling > ceiling)
        }
    }

    @Test("an arm space that makes no sense is refused with a reason")
    func refusals() {
        expectRefused("floor") { try ArmSpace(floor: 7, ceiling: 100) }
        expectRefused("ceiling") { try ArmSpace(floor: 100, ceiling: 99) }
        expectRefused("arm space") { try ArmSpace(self.factors { $0.topologies = [] }, floor: 100, ceiling: 200) }
        expectRefused("arm space") { try ArmSpace(self.factors { $0.swarmSizes = [5, 5] }, floor: 100, ceiling: 200) }
        expectRefused("arm space") {
            try ArmSpace(self.factors { $0.topologies = ["ring", "ring:1"] }, floor: 100, ceiling: 200)
        }
        expectRefused("arm space") {
            try ArmSpace(self.factors { $0.swarmSizes = Array(1...500) }, floor: 100, ceiling: 200)
        }
        expectRefused("swarm size") { try ArmSpace(self.factors { $0.swarmSizes = [0] }, floor: 100, ceiling: 200) }
        expectRefused("topology") { try ArmSpace(self.factors { $0.topologies = ["rign"] }, floor: 100, ceiling: 200) }
        expectRefused("inertia") { try ArmSpace(self.factors { $0.inertias = ["1.5"] }, floor: 100, ceiling: 200) }
        expectRefused("velocity rule") { try ArmSpace(self.factors { $0.rules = ["jump"] }, floor: 100, ceiling: 200) }
        expectRefused("boundary rule") { try ArmSpace(self.factors { $0.boundaries = [""] }, floor: 100, ceiling: 200) }
    }

    private func expectRefused(_ kind: String, _ make: () throws -> ArmSpace) {
        let error = #expect(throws: SelectionError.self) { try make() }
        switch error {
        case .unknown(let named, _, let known): #expect(named == kind && !known.isEmpty)
        case .argument(let named, _, let requirement): #expect(named == kind && !requirement.isEmpty)
        case nil: break
        }
    }

    @Test("configurations are held by canonical names and name their family")
    func configurationsAreCanonical() throws {
        let configuration = try Configuration(swarmSize: 12, inertia: "0.5", topology: "ring")
        #expect(configuration.topology == "ring:1" && configuration.inertia == "constant:0.5")
        #expect(configuration == (try Configuration(swarmSize: 12, inertia: "constant:0.5", topology: "ring:1")))
        #expect(configuration.inertiaLabel == "0.5")
        let family = try #require(try configuration.searchFamily() as? ParticleSwarm)
        #expect(family.size == 12 && family.topology.name == "ring:1" && family.inertia.name == "constant:0.5")
        #expect(family.rule.name == configuration.rule && family.boundary.name == configuration.boundary)
        #expect(try Configuration(swarmSize: 3, inertia: "linear", topology: "global").searchFamily().isHorizonBound)
    }

    @Test("a family that is no particle swarm has sizes and nothing else, and is recorded by its name")
    func families() throws {
        var factors = ArmSpace.Factors()
        factors.family = "uniformRandom"
        factors.swarmSizes = [1]
        let space = try ArmSpace(factors, floor: 100, ceiling: 800)
        #expect(space.configurations.count == 1 && space.count == 4)
        let configuration = space.configurations[0]
        #expect(!configuration.isParticleSwarm && !configuration.hasSize)
        #expect(try configuration.searchFamily().name == "uniformRandom")
        let text = try JSONEncoder().encode(configuration)
        #expect(try JSONDecoder().decode(Configuration.self, from: text) == configuration)
        #expect(throws: SelectionError.self) { try Configuration(family: "uniformRandom", swarmSize: 7) }
        #expect(throws: SelectionError.self) { try Configuration(family: "uniform", swarmSize: 1) }
    }

    @Test("a particle swarm is recorded as before there were other families")
    func recordedSwarm() throws {
        let swarm = try Configuration(family: "particleSwarm", swarmSize: 8)
        let text = String(decoding: try JSONEncoder().encode(swarm), as: UTF8.self)
        #expect(!text.contains("family"))
        #expect(try JSONDecoder().decode(Configuration.self, from: Data(text.utf8)) == swarm)
    }

    @Test("the default least budget is 62.5 evaluations a dimension, and never so low that checkpoints coincide")
    func defaultFloors() {
        #expect(ArmSpace.defaultFloor(dimension: 10) == 625)
        #expect(ArmSpace.defaultFloor(dimension: 2) == 125)
        #expect((0..<100).allSatisfy { ArmSpace.defaultFloor(dimension: $0) >= ArmSpace.leastFloor })
    }
}
