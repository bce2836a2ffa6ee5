import Inner
import Support
import Synchronization
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

    @Test("an objective whose first ten evaluations get no answer ends the search with the generation they fall into")
    func objectiveFails() async {
        let problem = ExternalFunction(box: Box(0...1, dimension: 2)) { point, _ in
            Evaluation(.failed, evidence: "at \(point[0])")
        }
        let result = await search(problem, size: 8, budget: 1000)
        #expect(result.end == .objectiveFails && result.evaluations == 16 && result.best == nil)
        #expect(problem.outage?.requests == 10 && problem.outage?.outcome == .failed)
        #expect(problem.outage?.evidence.hasPrefix("at 0.") == true)
    }

    @Test(
        "after answers it takes a hundred requests in a row without one, or as many as are said", arguments: [nil, 7])
    func outage(after limit: Int?) async {
        let rule = OutageRule(after: limit ?? OutageRule.standard)
        let asked = Mutex(0)
        let problem = ExternalFunction(box: Box(0...1, dimension: 1), rule: rule) { point, _ in
            let number = asked.withLock { number in
                number += 1
                return number
            }
            return number > 30 ? Evaluation(.failed, evidence: "gone") : Evaluation(value: point[0])
        }
        let result = await search(problem, size: 1, budget: 1000)
        #expect(result.end == .objectiveFails && result.evaluations == 30 + (limit ?? 100))
    }

    @Test("what gets no answer is tried again as often as is said, every try charged, before the generation is told")
    func retries() async {
        // Every point fails at its first two tries; the third answers.
        let tried = Mutex<[[Double]: Int]>([:])
        let flaky = { @Sendable (point: [Double]) in
            tried.withLock { tried in
                tried[point, default: 0] += 1
                return tried[point]! < 3 ? Evaluation(.failed, evidence: "flaky") : Evaluation(value: ruggedBowl(point))
            }
        }
        let problem = ExternalFunction(
            box: Self.rugged.box, retries: 2, rule: OutageRule(after: nil, hasAnswered: true)
        ) {
            point, _ in flaky(point)
        }
        let result = await search(problem, size: 7, budget: 21 * 5)
        let steady = run(UniformFamily(size: 7), on: Self.rugged, budget: 7 * 5, stream: RandomStream(seed: 4))
        #expect(result.best == steady.best && result.end == .budget)
        #expect(result.evaluations == 105 && result.failures == 70 && result.failed.count == 70)
        #expect(Set(result.failed.map(\.number)).count == 70)
        #expect(tried.withLock { Set($0.values) } == [3])
        // Without enough tries everything ranks worst.
        tried.withLock { $0 = [:] }
        let once = ExternalFunction(box: Self.rugged.box, retries: 1, rule: OutageRule(after: nil, hasAnswered: true)) {
            point, _ in flaky(point)
        }
        let poor = await search(once, size: 7, budget: 70)
        #expect(poor.best == nil && poor.evaluations == 70 && poor.failures == 70)
    }

    @Test("a budget that ends among retries is met exactly", arguments: 1...30)
    func retriesWithinTheBudget(budget: Int) async {
        let problem = ExternalFunction(box: Box(0...1, dimension: 2), retries: 3) { point, seed in
            seed % 3 == 0 ? Evaluation(value: point[0]) : Evaluation(.timedOut, evidence: "slow")
        }
        let result = await search(problem, size: 5, budget: budget)
        #expect(result.evaluations == budget && result.trace.end?.evaluations == budget)
        #expect(result.failures == result.failed.count && result.trace.end?.best == result.best?.value ?? .infinity)
    }

    @Test("the mean of an incumbent's re-evaluations leaves out what got no answer; a value that is none spoils it")
    func unansweredReevaluations() async {
        func mean(_ spoiled: Evaluation) async -> Double? {
            let asked = Mutex(0)
            let problem = ExternalFunction(box: Box(0...1, dimension: 1), isNoisy: true) { _, _ in
                let number = asked.withLock { number in
                    number += 1
                    return number
                }
                return number == 14 ? spoiled : Evaluation(value: Double(number))
            }
            return await search(problem, size: 2, budget: 16).trace.end?.best
        }
        // Evaluations 12 to 16 are those of the incumbent.
        #expect(await mean(Evaluation(.failed, evidence: "gone")) == (12 + 13 + 15 + 16) / 4.0)
        #expect(await mean(Evaluation(value: .nan)) == .infinity)
        #expect(await mean(Evaluation(value: 14)) == 14)
    }

    @Test("a retest evaluates the best point once more, charged, and tells both values")
    func retests() async {
        let noise = ExternalFunction(box: Self.rugged.box) { point, seed in
            Evaluation(value: ruggedBowl(point) + Double(seed % 97))
        }
        // One generation may be all that the budget pays for.
        for size in [6, 20, 50] {
            for (problem, isSame) in [(ExternalFunction(Self.rugged), true), (noise, false)] {
                let result = await run(
                    UniformFamily(size: size), on: problem, through: problem, budget: 20, stream: RandomStream(seed: 4),
                    retests: true)
                #expect(result.evaluations == 20 && result.retest?.isSame == isSame)
                #expect(await search(problem, size: size, budget: 20).retest == nil)
            }
        }
        let known = await run(
            UniformFamily(size: 6), on: ExternalFunction(Self.noisy), through: ExternalFunction(Self.noisy), budget: 20,
            stream: RandomStream(seed: 4), retests: true)
        #expect(known.retest == nil, "what is known to be noisy needs no test")
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
        let short = await search(Self.failing, size: 5, budget: 9)
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
