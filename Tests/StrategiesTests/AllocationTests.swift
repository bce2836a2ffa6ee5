import AllocationCounter
import Inner
import Strategies
import Support
import Testing

struct AllocationTests {
    /// Allocations of one search of `generations` generations in this thread.
    private func allocations(_ family: ParticleSwarm, on problem: some PureProblem, generations: Int) -> Int {
        let (budget, grid, stream) = (generations * family.size, CheckpointGrid(first: 10), RandomStream(seed: 1))
        allocation_counter_begin()
        let result = run(family, on: problem, budget: budget, checkpoints: grid, stream: stream)
        let count = allocation_counter_end()
        #expect(result.evaluations == budget)
        return count
    }

    /// What 10,000 generations more allocate: the least of three runs each, since what the runtime sets up once in a while on this
    /// thread can only add.
    private func surplus(_ family: ParticleSwarm, on problem: some PureProblem) -> Int {
        let least = { generations in
            (0..<3).map { _ in allocations(family, on: problem, generations: generations) }.min() ?? 0
        }
        let few = least(100)
        return least(10_100) - few
    }

    @Test(
        "no generation of any family allocates", .enabled(if: allocation_counter_works()),
        arguments: TopologyCatalogue.all.entries.map(\.name), VelocityRuleCatalogue.all.entries.map(\.name))
    func generationsAllocateNothing(topology: String, rule: String) throws {
        for names in everyFamily where names[0] == topology && names[1] == rule {
            #expect(surplus(try makeFamily(names, size: 6), on: BowlProblem(dimension: 3)) == 0, "\(names)")
        }
    }

    @Test("an objective that makes an array of every point is noticed", .enabled(if: allocation_counter_works()))
    func twinIsNoticed() {
        let problem = FunctionProblem.rugged(dimension: 3)
        #expect(surplus(ParticleSwarm(size: 6), on: problem) >= 60_000)
    }

    @Test("a rule that copies its rows is noticed", .enabled(if: allocation_counter_works()))
    func copyingRuleIsNoticed() {
        let family = ParticleSwarm(size: 6, rule: SpyRule(.inertiaWeight()) { _ in })
        #expect(surplus(family, on: BowlProblem(dimension: 3)) >= 10_000)
    }
}
