import AllocationCounter
import Inner
import Strategies
import Support
import Testing

/// A count of allocations between the 100th and the 10,100th generation: none is the same as none in any of them.
@Suite(.enabled(if: allocation_counter_works(), "allocations are counted on Linux without sanitizers"))
struct AllocationTests {
    private static let size = 6
    private static let bowl = BowlProblem(dimension: 3)

    private func allocations(_ family: some SearchFamily, on problem: some PureProblem, isNoisy: Bool = false) -> Int? {
        let metered = MeteredProblem(problem, isNoisy: isNoisy, from: 100 * Self.size, to: 10_100 * Self.size)
        _ = run(
            family, on: metered, budget: 10_200 * Self.size, checkpoints: CheckpointGrid(first: 32),
            stream: RandomStream(seed: 1))
        return metered.allocations
    }

    @Test(
        "no generation of any family allocates", arguments: TopologyCatalogue.all.entries.map(\.name),
        VelocityRuleCatalogue.all.entries.map(\.name))
    func generationsAllocateNothing(topology: String, rule: String) throws {
        for names in everyFamily where names[0] == topology && names[1] == rule {
            let family = try makeFamily(names, size: Self.size)
            #expect(allocations(family, on: Self.bowl) == 0, "\(names)")
            #expect(allocations(family, on: Self.bowl, isNoisy: true) == 0, "\(names), noisy")
        }
    }

    @Test(
        "nor does one of a swarm or a differential evolution as its authors have it",
        arguments: [
            "spso2011", "clpso", "fullyInformed", "bareBones", "constriction", "differentialEvolution", "jade",
        ])
    func authorsGenerationsAllocateNothing(name: String) throws {
        let family = try FamilyCatalogue.entry(name).family(size: Self.size)
        #expect(allocations(family, on: Self.bowl) == 0)
    }

    @Test(
        "nor does one of a family without plug-ins, between its restarts",
        arguments: ["cmaes", "nelderMead", "quasiRandom", "uniformRandom"])
    func otherGenerationsAllocateNothing(name: String) throws {
        let entry = try FamilyCatalogue.entry(name)
        let metered = MeteredProblem(BowlProblem(dimension: 10), from: 300, to: 900)
        func search(_ family: some SearchFamily) {
            _ = run(
                family, on: metered, budget: 1000, checkpoints: CheckpointGrid(first: 32), stream: RandomStream(seed: 1)
            )
        }
        search(try entry.family(size: entry.sizes?.usual(10) ?? 1))
        #expect(metered.allocations == 0)
    }

    @Test("an objective that makes an array of every point is noticed")
    func allocatingObjectiveIsNoticed() throws {
        let problem = FunctionProblem.rugged(dimension: 3)
        let count = try #require(allocations(ParticleSwarm(size: Self.size), on: problem))
        #expect(count >= 10_000 * Self.size)
    }

    @Test("a rule that copies its rows is noticed")
    func copyingRuleIsNoticed() throws {
        let family = ParticleSwarm(size: Self.size, rule: SpyRule(.inertiaWeight()) { _ in })
        let count = try #require(allocations(family, on: Self.bowl))
        #expect(count >= 10_000)
    }
}
