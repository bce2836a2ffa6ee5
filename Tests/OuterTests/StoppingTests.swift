import Inner
import Outer
import Support
import Testing

@Suite("Stopping and opening")
struct StoppingTests {
    private func planted(knee: Double, ceiling: Int = 16 << 8) throws -> PlantedStudy {
        var factors = ArmSpace.Factors()
        factors.swarmSizes = [8, 16, 32]
        factors.inertias = ["0.7298"]
        factors.topologies = ["global", "ring"]
        var study = PlantedStudy(space: try ArmSpace(factors, floor: 16, ceiling: ceiling))
        study.knee = knee
        study.noise = 0.2
        return study
    }

    private func spec(
        _ study: PlantedStudy, seed: UInt64 = 1, levels: Int? = 4, stops: Bool = true, purse: Int = 16 * 20_000
    ) -> StudySpec {
        StudySpec(space: study.space, seed: seed, purse: purse, levelsAtFirst: levels, stopsWhenSure: stops)
    }

    private func run(
        _ spec: StudySpec, _ study: PlantedStudy, past: [Pull] = [], workers: Int = 1
    ) async throws -> StudyOutcome {
        try await runStudy(
            spec, past: past, workers: workers, launch: delayed(study.launch, milliseconds: 1), record: { _ in })
    }

    @Test("a study stops once it is sure, long before its purse ends, and one that may not spends it", arguments: 1...4)
    func stopsWhenSure(seed: UInt64) async throws {
        let study = try planted(knee: 2)
        let outcome = try await run(spec(study, seed: seed), study)
        #expect(outcome.stop == .sure)
        #expect(outcome.pulls.reduce(0) { $0 + $1.budget } < 16 * 10_000)
        #expect(try Verdict.of(spec(study, seed: seed), outcome.pulls)?.isSure == true)
        let other = spec(study, seed: seed, stops: false, purse: 16 * 2000)
        let whole = try await run(other, study)
        #expect(whole.stop == .purse)
        // Until it stops, it is the study that does not.
        let common = min(outcome.pulls.count, whole.pulls.count)
        #expect(Digest.of(Array(outcome.pulls.prefix(common))) == Digest.of(Array(whole.pulls.prefix(common))))
    }

    @Test("where it stops does not depend on workers, nor on being interrupted", arguments: [1, 3] as [UInt64])
    func identity(seed: UInt64) async throws {
        // The knee lies beyond the budgets open at first.
        let study = try planted(knee: 5)
        let spec = spec(study, seed: seed)
        let alone = try await run(spec, study)
        #expect(alone.stop == .sure && (alone.pulls.last?.levels ?? 0) > 4)
        for workers in [2, 4] {
            let outcome = try await run(spec, study, workers: workers)
            #expect(outcome.stop == .sure && Digest.of(outcome.pulls) == Digest.of(alone.pulls))
            #expect(outcome.pulls.map(\.levels) == alone.pulls.map(\.levels))
        }
        for count in stride(from: 0, through: alone.pulls.count, by: 7) + [alone.pulls.count] {
            let outcome = try await run(spec, study, past: Array(alone.pulls.prefix(count)), workers: 2)
            #expect(outcome.stop == .sure && Digest.of(outcome.pulls) == Digest.of(alone.pulls), "\(count)")
        }
        for pull in alone.pulls {
            #expect(try Learner.recompute(pull.number, of: spec, from: alone.pulls) == pull.decision, "\(pull.number)")
        }
    }

    @Test("budgets are opened an octave at a time, as long as the knee is at the last")
    func opens() async throws {
        for seed in 1...4 as ClosedRange<UInt64> {
            let far = try planted(knee: 5)
            let spec = spec(far, seed: seed)
            let outcome = try await run(spec, far)
            let levels = outcome.pulls.map { $0.levels ?? -1 }
            #expect(levels.first == 4 && zip(levels, levels.dropFirst()).allSatisfy { (0...1).contains($1 - $0) })
            #expect(outcome.pulls.allSatisfy { far.space[$0.decision.arm].level < $0.levels ?? 0 })
            let verdict = try #require(try Verdict.of(spec, outcome.pulls))
            #expect(verdict.arm.level >= 4 && verdict.levels == levels.last, "seed \(seed): \(verdict.arm)")

            let near = try planted(knee: 1)
            let closed = try await run(self.spec(near, seed: seed), near)
            // A first impression may open one too many; the verdict is about what is there.
            let lower = try #require(try Verdict.of(self.spec(near, seed: seed), closed.pulls))
            #expect(closed.stop == .sure && lower.levels <= 5 && lower.arm.level <= 2 && !lower.knee.isCensored)
        }
    }

    @Test("where nothing larger may be opened the verdict is sure but censored")
    func censored() async throws {
        let study = try planted(knee: 20, ceiling: 16 << 5)
        let outcome = try await run(spec(study), study)
        let verdict = try #require(try Verdict.of(spec(study), outcome.pulls))
        #expect(outcome.stop == .sure && verdict.isSure && verdict.knee.isCensored && verdict.levels == 6)
        // A total ends what may be opened too.
        let total = StudySpec(
            space: study.space, goal: .total(200), purse: 16 * 20_000, levelsAtFirst: 2, stopsWhenSure: true)
        let pulls = try await run(total, study).pulls
        #expect(pulls.allSatisfy { $0.budget <= 200 && $0.levels ?? 99 <= 4 })
    }

    @Test("what is kept for fresh searches is not spent on learning")
    func keepsAShare() async throws {
        let study = try planted(knee: 2)
        let spec = StudySpec(space: study.space, purse: 10_000, freshSearches: 10)
        let outcome = try await run(spec, study)
        let spent = outcome.pulls.reduce(0) { $0 + $1.budget }
        #expect(outcome.stop == .purse && spent <= 8000 && spent > 8000 - study.space.floor)
        #expect(spec.leftToConfirm(learning: spent, fresh: 100) == 10_000 - spent - 100)
        #expect(StudySpec(space: study.space, freshSearches: 2).leftToConfirm(learning: 4000, fresh: 0) == 1000)
    }

    @Test("where there can be no fresh searches, or nothing else to learn from, all is spent on learning")
    func keepsNothing() throws {
        let study = try planted(knee: 2)
        let least = StudySpec(space: study.space, purse: 17, freshSearches: 10)
        #expect(least.learningPurse == 16)
        let single = StudySpec(
            space: try ArmSpace(ArmSpace.Factors(), floor: 16, ceiling: 16), purse: 1000, freshSearches: 10)
        #expect(single.learningPurse == 1000)
    }

    @Test("what fresh searches have taken of the purse is not spent again, and decisions are what they would be")
    func charged() async throws {
        let study = try planted(knee: 2)
        let spec = StudySpec(space: study.space, purse: 10_000, freshSearches: 10)
        let free = try await run(spec, study)
        let outcome = try await runStudy(
            spec, charged: 6000, workers: 2, launch: delayed(study.launch, milliseconds: 1), record: { _ in })
        let spent = outcome.pulls.reduce(0) { $0 + $1.budget }
        #expect(outcome.stop == .purse && spent <= 4000 && spent > 4000 - study.space.ceiling, "\(spent)")
        #expect(Digest.of(outcome.pulls) == Digest.of(Array(free.pulls.prefix(outcome.pulls.count))))
    }

    @Test("what it was sure of before so many searches does not stop it, and decisions are the same")
    func sureLater() async throws {
        let study = try planted(knee: 2)
        let spec = spec(study)
        let first = try await run(spec, study)
        let later = try await runStudy(
            spec, past: first.pulls, sureFrom: first.pulls.count + 10, workers: 2,
            launch: delayed(study.launch, milliseconds: 1), record: { _ in })
        #expect(first.stop == .sure && later.stop == .sure && later.pulls.count >= first.pulls.count + 10)
        for pull in later.pulls {
            #expect(try Learner.recompute(pull.number, of: spec, from: later.pulls) == pull.decision)
        }
    }

    @Test("fresh searches of a study that more pulls may be asked of leave learning its share")
    func leavesItsShare() throws {
        let study = try planted(knee: 2)
        let spec = StudySpec(space: study.space, purse: 10_000, maxPulls: 20, freshSearches: 10)
        #expect(spec.leftToConfirm(learning: 3000, fresh: 500) == 1500)
        #expect(spec.leftToConfirm(learning: 9000, fresh: 500) == 500)
    }

    @Test("half of a purse is not spent below a knee that is almost certainly at the largest budget open")
    func opensUnsure() async throws {
        // At a price of a hundredth a study is sure of nothing, but of this.
        let study = try planted(knee: 8)
        let spec = StudySpec(
            space: study.space, goal: .price(0.01), purse: 16 * 3000, levelsAtFirst: 3, stopsWhenSure: true)
        let outcome = try await run(spec, study)
        let firsts = (4...6).map { levels in outcome.pulls.firstIndex { $0.levels ?? 0 >= levels } }
        let half = try #require(firsts[0])
        #expect(outcome.pulls[..<half].reduce(0) { $0 + $1.budget } >= 16 * 1500)
        #expect(firsts.allSatisfy { $0 != nil }, "\(firsts)")
        for pull in outcome.pulls {
            #expect(try Learner.recompute(pull.number, of: spec, from: outcome.pulls) == pull.decision)
        }
    }

    @Test("a confirmation goes to twice the learned budget, within ceiling and purse, or says why not")
    func plans() throws {
        let space = try planted(knee: 2).space
        let arm = space[space.index(configuration: 1, level: 2)]
        let plan = try ConfirmationPlan(arm, of: space, searches: 10)
        #expect(plan.budgets == [16, 32, 64, 128] && plan.budget == 128 && plan.searches == 10)
        let top = space[space.index(configuration: 1, level: 8)]
        #expect(try ConfirmationPlan(top, of: space, searches: 10).budget == space.ceiling)
        let longer = try #require(plan.longer(in: space))
        #expect(longer.budget == 2 * plan.budget && longer.budgets.dropLast() == plan.budgets[...])
        #expect(try ConfirmationPlan(top, of: space, searches: 10).longer(in: space) == nil)
        #expect(try plan.limited(to: 128 * 3 + 127, done: 0).searches == 3)
        #expect(try plan.limited(to: 128 * 3, done: 4).searches == 7)
        #expect(try plan.limited(to: .max, done: 0).searches == 10)
        #expect(try plan.limited(to: -5, done: 10).searches == 10)
        #expect(throws: ConfirmationPlan.Obstacle.purse(left: 255, search: 128)) { try plan.limited(to: 255, done: 0) }
        var factors = ArmSpace.Factors()
        (factors.swarmSizes, factors.inertias, factors.topologies) = ([8], ["linear", "0.5"], ["ring"])
        let bound = try ArmSpace(factors, floor: 16, ceiling: 64)
        #expect(throws: ConfirmationPlan.Obstacle.horizonBound(inertia: "linear")) {
            try ConfirmationPlan(bound[0], of: bound, searches: 10)
        }
        let single = try ArmSpace(factors, floor: 16, ceiling: 16)
        #expect(throws: ConfirmationPlan.Obstacle.singleBudget) {
            try ConfirmationPlan(single[1], of: single, searches: 10)
        }
    }
}
