import Inner
import Strategies
import Support
import Testing

struct InertiaTests {
    @Test("every inertia schedule keeps its promises", arguments: spellings(InertiaCatalogue.all))
    func contract(name: String) throws {
        let schedule = try InertiaCatalogue.all.make(name)
        expectContract(of: schedule)
    }

    private func weight(_ schedule: some InertiaSchedule, evaluations: Int = 0, stagnation: Int = 0) -> Double {
        var progress = makeProgress(dimension: 10, horizon: 1000)
        progress.evaluations = evaluations
        progress.stagnation = stagnation
        return schedule.weight(at: progress)
    }

    @Test("linear inertia falls from 0.9 to 0.4 over the horizon and is bound to it")
    func linear() {
        #expect(weight(.linear) == 0.9)
        #expect((weight(.linear, evaluations: 500) - 0.65).magnitude < 1e-15)
        #expect((weight(.linear, evaluations: 1000) - 0.4).magnitude < 1e-15)
        #expect(weight(.linear, evaluations: 5000) == weight(.linear, evaluations: 1000))
        #expect(ParticleSwarm(size: 1, inertia: .linear).isHorizonBound)
    }

    @Test("stagnation halves what lies above 0.4 every half-life")
    func stagnation() {
        for half in [0.5, 5, 20] {
            #expect(weight(.stagnation(halfLife: half)) == 0.9)
            let steps = Int(2 * half)
            #expect((weight(.stagnation(halfLife: half), stagnation: steps) - 0.525).magnitude < 1e-15)
        }
        #expect((weight(.stagnation(), stagnation: 100_000) - 0.4).magnitude < 1e-15)
    }

    @Test("the schedule of evaluations is half-way at its point, counted a dimension")
    func evaluations() {
        #expect(weight(.evaluations(halfway: 200)) == 0.9)
        #expect((weight(.evaluations(halfway: 200), evaluations: 2000) - 0.65).magnitude < 1e-15)
    }

    @Test("constant inertia is constant")
    func constant() {
        #expect(weight(.constant(0.7298), evaluations: 77, stagnation: 3) == 0.7298)
    }
}
