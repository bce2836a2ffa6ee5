import Inner
import Support
import Testing

struct ExternalSearchTests {
    private static let rugged = FunctionProblem.rugged(dimension: 3)
    private static let noisy = FunctionProblem(dimension: 3, isNoisy: true) { point, seed in
        var chance = RandomStream(seed: seed)
        return ruggedBowl(point) + chance.normal()
    }

    private func search(_ problem: ExternalFunction, size: Int, budget: Int) async -> SearchResult {
        await run(
            UniformFamily(size: size), on: problem, through: problem, budget: budget,
            checkpoints: CheckpointGrid(first: 16), stream: RandomStream(seed: 4))
    }

    @Test(
        "an evaluator outside gives the result that one inside gives, noise and all",
        arguments: [1, 7, 40], [1, 30, 64, 500])
    func equalsTheLoopInside(size: Int, budget: Int) async {
        for problem in [Self.rugged, Self.noisy] {
            let inside = run(
                UniformFamily(size: size), on: problem, budget: budget, checkpoints: CheckpointGrid(first: 16),
                stream: RandomStream(seed: 4))
            #expect(await search(ExternalFunction(problem), size: size, budget: budget) == inside)
        }
    }

    @Test("an objective without one answer to twenty evaluations, in whole generations, ends the search")
    func objectiveFails() async {
        let problem = ExternalFunction(box: Box(0...1, dimension: 2)) { point, _ in
            Evaluation(.failed, evidence: "at \(point[0])")
        }
        let result = await search(problem, size: 8, budget: 1000)
        #expect(result.end == .objectiveFails && result.evaluations == 24 && result.failures == 24)
        #expect(result.best == nil && result.firstFailure?.outcome == .failed)
        #expect(result.firstFailure?.evidence?.hasPrefix("at 0.") == true)
    }

    @Test("an answer that is no number is an answer", arguments: [Double.nan, .infinity])
    func undefinedIsAnAnswer(value: Double) async {
        let problem = ExternalFunction(box: Box(0...1, dimension: 2)) { _, _ in Evaluation(value: value) }
        let result = await search(problem, size: 8, budget: 50)
        #expect(result.end == .budget && result.failures == 50 && result.best == nil)
        #expect(result.firstFailure?.outcome == .undefined)
    }

    @Test("failures of one particle at the start are not yet an objective that fails")
    func fewFailures() async {
        let problem = ExternalFunction(box: Box(0...1, dimension: 1)) { point, seed in
            seed % 2 == 0 ? Evaluation(value: point[0]) : Evaluation(.failed, evidence: "flaky")
        }
        let result = await search(problem, size: 1, budget: 100)
        #expect(result.end == .budget && result.evaluations == 100 && result.best != nil)
        let short = await search(Self.failing, size: 5, budget: 15)
        #expect(short.end == .budget && short.best == nil && !short.isAnswered)
    }

    private static let failing = ExternalFunction(box: Box(0...1, dimension: 1)) { _, _ in
        Evaluation(.failed, evidence: "no")
    }

    @Test("one answer in the first generation keeps the search going; whatever fails later ranks worst")
    func laterFailures() async {
        let problem = ExternalFunction(box: Box(0...1, dimension: 1)) { point, seed in
            seed % 8 == 0 ? Evaluation(value: point[0]) : Evaluation(.timedOut, evidence: "\(seed)")
        }
        let result = await search(problem, size: 64, budget: 1000)
        #expect(result.end == .budget && result.evaluations == 1000)
        #expect(result.failures > 700 && result.failures < 1000)
        #expect(result.best?.value == result.best?.point[0] && result.firstFailure?.outcome == .timedOut)
    }

    @Test("a cancelled task ends its search with what it had before")
    func cancels() async {
        let problem = ExternalFunction(box: Box(0...1, dimension: 1)) { point, seed in
            if seed % 16 == 0 { withUnsafeCurrentTask { $0?.cancel() } }
            return Evaluation(value: point[0])
        }
        let result = await Task { await search(problem, size: 4, budget: 100_000) }.value
        #expect(result.end == .cancelled)
    }

    @Test("evaluation seeds follow from stream and number alone, and fit 31 bits")
    func seedsAreNames() {
        let stream = RandomStream(seed: 12)
        let all = EvaluationSeeds(stream, first: 0)
        let seeds = (0..<1000).map(all.seed)
        #expect(Set(seeds).count > 990 && seeds.allSatisfy { $0 < 1 << 31 })
        let late = EvaluationSeeds(stream, first: 600)
        #expect((0..<400).map(late.seed) == Array(seeds[600...]))
    }

    @Test("an evaluation ranks by its value if it is finite, else worst")
    func ranks() {
        #expect(Evaluation(value: -3).ranked == -3 && Evaluation(value: -3).outcome == .ok)
        for value in [Double.nan, .infinity, -.infinity] {
            #expect(Evaluation(value: value).ranked == .infinity && Evaluation(value: value).outcome == .undefined)
        }
        for outcome in Outcome.allCases where outcome != .ok {
            #expect(Evaluation(outcome, evidence: "").ranked == .infinity)
        }
    }
}
