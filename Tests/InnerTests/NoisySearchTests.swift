import Inner
import RealModule
import Support
import Testing

struct NoisySearchTests {
    private static func script(_ number: Int) -> Double {
        var chance = RandomStream(seed: 6).split(.noise, number)
        return chance.normal()
    }

    /// A scripted noisy search with checkpoints at least six evaluations apart.
    private func search(size: Int, budget: Int, _ script: @escaping @Sendable (Int) -> Double = script)
        -> (SearchResult, ScriptedProblem)
    {
        let problem = ScriptedProblem(dimension: 2, isNoisy: true, script: script)
        let result = run(
            UniformFamily(size: size), on: problem, budget: budget, checkpoints: CheckpointGrid(first: 32),
            stream: RandomStream(seed: 2))
        return (result, problem)
    }

    @Test(
        "a checkpoint is the mean of five re-evaluations of the incumbent, which are charged",
        arguments: [1, 4, 7, 31, 200], [32, 64, 100, 500])
    func recordsReevaluations(size: Int, budget: Int) {
        let (result, problem) = search(size: size, budget: budget)
        let calls = problem.calls
        #expect(calls.map(\.number) == Array(0..<budget))
        #expect(result.evaluations == budget)
        let grid = CheckpointGrid(first: 32)
        let places = Set((0..<grid.count(within: budget)).map(grid.evaluations) + [budget]).sorted()
        #expect(result.trace.checkpoints.map(\.evaluations) == places)

        var (start, incumbent) = (0, calls[0])
        for (place, checkpoint) in zip(places, result.trace.checkpoints) {
            for call in calls[start..<place - 5] where Self.script(call.number) < Self.script(incumbent.number) {
                incumbent = call
            }
            let again = calls[place - 5..<place]
            #expect(again.allSatisfy { $0.point == incumbent.point })
            #expect(checkpoint.best == again.reduce(0) { $0 + Self.script($1.number) } / 5)
            start = place
        }
        #expect(result.best?.point == incumbent.point && result.best?.value == result.trace.end?.best)
    }

    @Test("re-evaluations interrupt a generation without changing it")
    func generationsStayWhole() {
        let family = UniformFamily(size: 7)
        let problem = ScriptedProblem(dimension: 2, isNoisy: true, script: Self.script)
        _ = run(family, on: problem, budget: 300, checkpoints: CheckpointGrid(first: 32), stream: RandomStream(seed: 2))
        let places = Set((0..<20).map(CheckpointGrid(first: 32).evaluations) + [300]).filter { $0 <= 300 }
        let own = (0..<300).filter { number in !places.contains { ($0 - 5..<$0).contains(number) } }
        let told = family.told.generations
        #expect(told.allSatisfy { $0.count == 7 } && told.count == own.count / 7)
        #expect(told.flatMap(\.self) == own.prefix(told.count * 7).map(Self.script))
    }

    @Test("a run of T is the beginning of a run of 2T on a noisy problem too", arguments: [1, 6, 40])
    func prefixesAreExact(size: Int) {
        let results = (0..<4).map { search(size: size, budget: 128 << $0).0 }
        for (short, long) in zip(results, results.dropFirst()) {
            let checkpoints = short.trace.checkpoints
            #expect(long.trace.checkpoints.prefix(checkpoints.count).elementsEqual(checkpoints))
        }
    }

    @Test("a checkpoint has no winner's curse; the best value seen has")
    func hasNoWinnersCurse() {
        let count = 4000
        let problem = FunctionProblem(dimension: 1, isNoisy: true) { _, seed in
            var chance = RandomStream(seed: seed)
            return chance.normal()
        }
        let ends = (0..<count).map { number in
            run(
                UniformFamily(size: 10), on: problem, budget: 64, checkpoints: CheckpointGrid(first: 64),
                stream: RandomStream(seed: 10).split(.search, number)
            ).trace.end!.best
        }
        let bound = kolmogorovSmirnovBound(count: count, falseAlarm: 1e-6)
        #expect(kolmogorovSmirnovDistance(ends.map { $0 * 5.0.squareRoot() }, cdf: normalCDF) < bound)
        #expect(kolmogorovSmirnovDistance(ends, cdf: normalCDF) > bound)
        let quiet = FunctionProblem(dimension: 1, isNoisy: false, value: problem.value)
        let cursed = (0..<count).map { number in
            run(
                UniformFamily(size: 10), on: quiet, budget: 59, checkpoints: CheckpointGrid(first: 59),
                stream: RandomStream(seed: 10).split(.search, number)
            ).trace.end!.best
        }
        #expect(kolmogorovSmirnovDistance(cursed.map { $0 * 5.0.squareRoot() }, cdf: normalCDF) > bound)
    }

    @Test("an incumbent that fails when it is re-evaluated is worth nothing, and its failures count")
    func failingReevaluation() {
        let (result, _) = search(size: 4, budget: 64) { number in number == 30 ? .nan : Self.script(number) }
        #expect(result.trace.checkpoints.first?.best == .infinity)
        #expect(result.trace.end?.best.isFinite == true)
        #expect(result.failures == 1)
    }

    @Test("without a value there is no incumbent to re-evaluate, and the budget is spent all the same")
    func nothingDefined() {
        let (result, problem) = search(size: 4, budget: 64) { _ in .nan }
        #expect(result.best == nil && result.failures == 64 && problem.calls.count == 64)
        #expect(result.trace.checkpoints.allSatisfy { $0.best == .infinity })
        #expect(Set(problem.calls.map(\.point)).count == 64)
    }
}
