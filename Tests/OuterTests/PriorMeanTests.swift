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
}
