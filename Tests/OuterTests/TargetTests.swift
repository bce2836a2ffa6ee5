import Foundation
import Inner
import Outer
import RealModule
import Support
import Testing

@Suite("A target")
struct TargetTests {
    @Test("the running time is what is spent, over successes")
    func runningTime() {
        let trace = { (values: [Double]) in
            Trace(values.enumerated().map { .init(evaluations: 100 << $0.offset, best: $0.element) })
        }
        let traces = [trace([5, 3, 1]), trace([2, 1, 0]), trace([9, 8, 7]), trace([.infinity, .infinity, 2])]
        let time = RunningTime(traces, target: 2, budget: 400)
        // 400 + 100 + 400 + 400 evaluations, three of four there.
        #expect(time.searches == 4 && time.successes == 3 && time.evaluations == 1300 / 3.0)
        #expect(RunningTime(traces, target: 2, budget: 200).evaluations == 700)
        #expect(RunningTime(traces, target: -1, budget: 400) == RunningTime(traces, target: -2, budget: 400))
        #expect(RunningTime(traces, target: -1, budget: 400).evaluations == nil)
        #expect(RunningTime([], target: 1, budget: 1) == RunningTime([], target: 2, budget: 1))
    }

    /// ERT, in least budgets, of runs that have reached it with probability F_j at 2^j, and in between in proportion.
    private func simulated(_ reached: [Double], level: Int, runs: Int, stream: RandomStream) -> Double {
        var (chance, spent, successes) = (stream, 0.0, 0.0)
        for _ in 0..<runs {
            let luck = chance.uniform()
            guard luck < reached[level] else {
                spent += Double(1 << level)
                continue
            }
            successes += 1
            let above = reached.firstIndex { luck < $0 }!
            let (low, high) = (above == 0 ? 0 : reached[above - 1], reached[above])
            let start = above == 0 ? 0.0 : Double(1 << (above - 1))
            spent += start + (Double(1 << above) - start) * (luck - low) / (high - low)
        }
        return spent / successes
    }

    @Test("the utility is minus log2 of the running time that runs of such scores have")
    func utility() {
        // 60,000 runs know the logarithm to about 0.02; 0.1 is five of these.
        for (seed, scores) in [[-1.0, 0, 0.5, 0.6], [-0.5, -0.4, 1, 1], [0.2, 0.9, 1.4, 3]].enumerated() {
            let utility = RunningTimeUtility(threshold: 0.3, seedDeviation: 0.5)(scores)
            var reached: [Double] = []
            for score in scores {
                let now = 0.5 * Double.erfc((0.3 - score) / 0.5 / 2.0.squareRoot())
                reached.append(max(now, (reached.last ?? 0) + 1e-9))
            }
            for level in scores.indices {
                let stream = RandomStream(seed: UInt64(seed)).split(.search, level)
                let time = simulated(reached, level: level, runs: 60_000, stream: stream)
                let expected = -Double.log2(time) - 0.02 * Double(level)
                #expect((utility[level] - expected).magnitude < 0.1, "\(seed) \(level)")
            }
            // Not that of a run that goes on to its end, though it is there.
            #expect((utility[3] - -Double.log2(8 / reached[3])).magnitude > 0.2)
        }
        // Where every run is there at once, no budget is better than the least.
        let sure = RunningTimeUtility(threshold: 0, seedDeviation: 0.5)([9.0, 9, 9])
        #expect(sure[0] > sure[1] && sure[1] > sure[2] && (sure[0] - 1).magnitude < 1e-6)
        let hopeless = RunningTimeUtility(threshold: 99, seedDeviation: 0.5)([0.0, 1, 2])
        #expect(hopeless.allSatisfy { $0.isFinite })
    }

    @Test("a value's threshold is the score from which on values are at or below it")
    func threshold() {
        var (pool, chance) = (NormalScores(), RandomStream(seed: 3))
        #expect(pool.threshold(1, weights: []) == 0)
        let values = (0..<200).map { _ in chance.normal() }
        pool.add(values)
        pool.rank()
        let weights = [Double](repeating: 1, count: 200)
        for target in [-3, -0.5, 0, 0.7, 3] {
            let threshold = pool.threshold(target, weights: weights)
            for (value, score) in zip(values, pool.scores) { #expect((value <= target) == (score > threshold)) }
        }
    }

    /// Planted: a value of -1.5 is reached soonest by restarting runs of two octaves.
    private func study(_ goal: Goal, seed: UInt64) async throws -> (PlantedStudy, Verdict, StudyOutcome) {
        var study = try PlantedStudy.standard()
        study.knee = 2
        study.slope = 1
        study.noise = 0.3
        let spec = StudySpec(space: study.space, goal: goal, seed: seed, purse: 16 * 3000, stopsWhenSure: true)
        let outcome = try await runStudy(spec, workers: 2, launch: study.launch, record: { _ in })
        return (study, try #require(try Verdict.of(spec, outcome.pulls)), outcome)
    }

    /// ERT of every arm, from 4000 planted runs each.
    private func times(_ study: PlantedStudy, target: Double) -> [Double] {
        (0..<study.space.count).map { index in
            let arm = study.space[index]
            let traces = (0..<4000).map { run in
                study.result(of: arm, stream: RandomStream(seed: 99).split(.search, run)).trace
            }
            return RunningTime(traces, target: target, budget: arm.budget).evaluations ?? .infinity
        }
    }

    @Test("a study with a target learns settings that reach it about as fast as any, whatever a price would say")
    func learnsTheFastest() async throws {
        let target = -1.5
        let times = times(try PlantedStudy.standard().with(noise: 0.3, knee: 2), target: target)
        let best = times.min()!
        for seed in 1...4 as ClosedRange<UInt64> {
            let (_, verdict, outcome) = try await study(.target(target), seed: seed)
            #expect(outcome.stop == .sure)
            #expect(times[verdict.arm.index] < 1.5 * best, "seed \(seed): \(verdict.arm)")
            #expect(verdict.arm.level >= 2 && verdict.runningTime != nil)
            // At the price of a restart a doubling pays only where it beats two thirds of pairs; here it always does.
            let (_, priced, _) = try await study(.price(30), seed: seed)
            #expect(times[priced.arm.index] > 1.5 * best, "seed \(seed): \(priced.arm)")
        }
    }

    @Test("a target that no search has reached leaves the study unsure until its purse is spent")
    func neverReached() async throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            let (_, verdict, outcome) = try await study(.target(-1e6), seed: seed)
            #expect(outcome.stop == .purse && !verdict.isSure, "seed \(seed): \(outcome.stop)")
            #expect(verdict.runningTime?.successes == 0)
        }
    }

    @Test("policies that know only prices say so; the others keep their promises with a target", arguments: [0, 1, 30])
    func policies(pulls: Int) throws {
        let names = PolicyCatalogue.all.entries.map(\.name)
        let able = try names.filter { try PolicyCatalogue.all.make($0).pursuesTarget }
        #expect(Set(names).subtracting(able) == ["predictive", "independent", "ucbE", "racing"])
        for name in able {
            let beliefs = try PlantedStudy.standard().beliefs(pulls: pulls, goal: .target(-1.5))
            expectContract(of: try PolicyCatalogue.all.make(name), from: beliefs)
        }
    }

    @Test("no decision changes when objective and target are transformed alike")
    func transformsDoNotMatter() throws {
        var study = try PlantedStudy.standard()
        let decisions = { (study: PlantedStudy, target: Double) in
            try study.decisions(of: .thompson, pulls: 40, goal: .target(target), seed: 5)
        }
        study.transform = { Double.exp($0) }
        let plain = try decisions(study, Double.exp(-1.5))
        study.transform = { 5 * Double.exp($0) - 2 }
        #expect(try decisions(study, 5 * Double.exp(-1.5) - 2) == plain)
        #expect(try decisions(study, -1.5) != plain)
    }

    @Test("a goal is read back as it was written")
    func codable() throws {
        for goal in [Goal.price(0.5), .total(300), .target(-0.25)] {
            let text = try JSONEncoder().encode(goal)
            #expect(try JSONDecoder().decode(Goal.self, from: text) == goal)
        }
        #expect(Goal.target(1).canCount(.seconds) && Goal.target(1).offset(level: 3, budget: 8, seedDeviation: 1) == 0)
    }
}

extension PlantedStudy {
    fileprivate func with(noise: Double, knee: Double) -> PlantedStudy {
        var study = self
        (study.noise, study.knee) = (noise, knee)
        return study
    }
}
