import Inner
import Outer
import Testing

struct PriorMeanTests {
    private static func space(
        sizes: [Int] = [20], inertias: [String] = ["0.7298"], topologies: [String] = ["ring"], octaves: Int = 6
    ) throws -> ArmSpace {
        var factors = ArmSpace.Factors()
        (factors.swarmSizes, factors.inertias, factors.topologies) = (sizes, inertias, topologies)
        return try ArmSpace(factors, floor: 625, ceiling: 625 << octaves)
    }

    /// m0 of the arms of a configuration, as the levels go.
    private static func levels(_ space: ArmSpace, _ configuration: Int = 0) -> [Double] {
        let values = PriorMean(space).values
        return (0..<space.levels).map { values[configuration * space.checkpointCount + space.checkpoint(ofLevel: $0)] }
    }

    @Test("over any space the prior means of the arms have mean 0")
    func centred() throws {
        for space in [try Self.space(), try Self.space(sizes: [3, 40, 500], inertias: ["0.1", "linear", "0.65"])] {
            let sum = space.configurations.indices.reduce(0) { $0 + Self.levels(space, $1).reduce(0, +) }
            #expect(sum.magnitude < 1e-9)
        }
    }

    @Test("longer runs are expected to be better, and beyond the table as much better as its last octave says")
    func risesWithTheBudget() throws {
        let levels = Self.levels(try Self.space(octaves: 8))
        for (shorter, longer) in zip(levels, levels.dropFirst()) { #expect(shorter < longer) }
        #expect(((levels[8] - levels[7]) - (levels[6] - levels[5])).magnitude < 1e-9)
    }

    @Test("between two sizes and two inertias the prior mean lies between theirs; beyond the table it is the nearest's")
    func interpolates() throws {
        let space = try Self.space(sizes: [2, 5, 12, 15, 20], inertias: ["0.6", "0.65", "0.7298"])
        let at = { (size: Int, inertia: String) throws -> Double in
            let index = try #require(
                space.configurations.firstIndex { $0.swarmSize == size && $0.inertiaLabel == inertia })
            return Self.levels(space, index)[3]
        }
        for inertia in ["0.6", "0.65", "0.7298"] {
            let ends = [try at(12, inertia), try at(20, inertia)].sorted()
            #expect((ends[0]...ends[1]).contains(try at(15, inertia)))
            #expect(try at(2, inertia) == at(5, inertia))
        }
        let ends = [try at(12, "0.6"), try at(12, "0.7298")].sorted()
        #expect((ends[0]...ends[1]).contains(try at(12, "0.65")))
    }

    @Test("what the table does not have is expected to be as good as the mean of what it has")
    func unknownsAreAverages() throws {
        let known = ["global", "ring", "vonNeumann", "random"]
        let space = try Self.space(topologies: known + ["ring:2"])
        let values = space.configurations.indices.map { Self.levels(space, $0)[2] }
        #expect((values[4] - values[..<4].reduce(0, +) / 4).magnitude < 1e-9)
    }

    private static func experts(
        sizes: [Int] = [20, 80], steps: [Double] = [0.75], floor: Int = 50, octaves: Int = 7, patience: Int? = nil
    ) throws -> ArmSpace {
        var factors = ArmSpace.Factors.expertSwarms
        (factors.swarmSizes, factors.steps, factors.experts.patience) = (sizes, steps, patience)
        return try ArmSpace(factors, floor: floor, ceiling: floor << octaves)
    }

    @Test("a swarm of experts that has come to rest is expected to gain no more, a larger one to rest later and better")
    func swarmsOfExpertsRest() throws {
        let space = try Self.experts()
        for small in stride(from: 0, to: space.configurations.count, by: 2) {
            let (twenty, eighty) = (Self.levels(space, small), Self.levels(space, small + 1))
            // 3,200 and 6,400 evaluations: 160 iterations or more of 20 particles.
            #expect(twenty[7] - twenty[6] <= 0.01)
            #expect(eighty[7] - eighty[3] > 0.1)
            #expect(twenty[1] > eighty[1])
            #expect(twenty[7] < eighty[7])
        }
    }

    @Test("with patience swarms of experts never rest")
    func patienceGoesOn() throws {
        let levels = Self.levels(try Self.experts(sizes: [5], patience: 10))
        for (shorter, longer) in zip(levels, levels.dropFirst()) { #expect(longer > shorter + 0.05) }
    }

    @Test("what swarms of experts are expected to score depends on their evaluations, not on the least budget")
    func evaluationsCount() throws {
        let (from50, from200) = (try Self.experts(), try Self.experts(floor: 200, octaves: 5))
        let shift = Self.levels(from50)[2] - Self.levels(from200)[0]
        for configuration in from50.configurations.indices {
            let (a, b) = (Self.levels(from50, configuration), Self.levels(from200, configuration))
            for level in 0...5 { #expect((a[level + 2] - b[level] - shift).magnitude < 1e-9) }
        }
    }

    @Test("below the least evaluations of its table a swarm of experts counts as there")
    func fewEvaluations() throws {
        let levels = Self.levels(try Self.experts(floor: 10, octaves: 6))
        #expect(levels[1] == levels[0] && levels[2] == levels[0])
        #expect(levels[4] > levels[3])
    }

    @Test("between two steps the prior mean of swarms of experts is that between theirs")
    func stepsInterpolate() throws {
        let space = try Self.experts(sizes: [50], steps: [0.5, 0.6, 0.75])
        for configuration in space.configurations.indices where space.configurations[configuration].experts?.step == 0.6
        {
            let own = space.configurations[configuration]
            let at = { (step: Double) throws -> [Double] in
                let index = try #require(
                    space.configurations.firstIndex {
                        $0.experts?.step == step && $0.experts?.social == own.experts?.social
                            && $0.inertiaLabel == own.inertiaLabel
                    })
                return Self.levels(space, index)
            }
            for (level, value) in Self.levels(space, configuration).enumerated() {
                #expect((value - (0.6 * (try at(0.5)[level]) + 0.4 * (try at(0.75)[level]))).magnitude < 1e-9)
            }
        }
    }
}
