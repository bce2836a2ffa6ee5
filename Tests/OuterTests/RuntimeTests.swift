import Foundation
import Inner
import Outer
import RealModule
import Testing

/// Against cocopp, iohinspector and a script, on stored vectors: `Reference/runtimes.py` made them.
@Suite("Running times of comparisons")
struct RuntimeTests {
    private struct Reference: Decodable {
        struct Run: Decodable { let family: String, problem: Int, block: Int, improvements: [[Double]] }
        struct Times: Decodable { let hits: [Int?], spent: [Int], expected: Double?, rate: Double, successes: Int }
        struct Restarts: Decodable {
            let hits: [Int?], spent: [Int], mean: Double, deviation: Double, quartiles: [Double]
        }
        struct Profiles: Decodable { let tolerance: Double, data: [String: [Double]], performance: [String: [Double]] }

        let budget: Int, dimensions: [Int], runs: [Run], times: [Times], restarts: Restarts
        let grid: [Int], attainment: [String: [Double]], atTargets: [String: [Double]]
        let kappas: [Double], ratios: [Double], profiles: [Profiles]
    }

    private let reference: Reference
    private let runs: [ComparedRun]

    init() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Reference/runtimes.json")
        let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
        self.reference = reference
        runs = reference.runs.map { run in
            ComparedRun(
                family: run.family, problem: run.problem, block: run.block, evaluations: reference.budget,
                improvements: run.improvements.map { .init(evaluations: Int($0[0]), best: $0[1]) }, optimum: 0)
        }
    }

    private func runs(of family: String) -> [ComparedRun] { runs.filter { $0.family == family } }

    private func isNear(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
        abs(a - b) <= tolerance * max(1, abs(b))
    }

    /// A run with these values, one an evaluation; the optimum is unknown.
    private func run(_ family: String, block: Int = 0, _ values: [Double], spent: Int? = nil) -> ComparedRun {
        ComparedRun(
            family: family, problem: 0, block: block, evaluations: spent ?? values.count,
            improvements: values.enumerated().map { .init(evaluations: $0.offset + 1, best: $0.element) }, optimum: nil)
    }

    @Test("expected running times and success rates are cocopp's; without any success they are infinite")
    func expected() {
        #expect(reference.times.count == 12)
        for times in reference.times {
            let ours = ExpectedRunningTime(Array(zip(times.hits, times.spent)))
            #expect(isNear(ours.successRate, times.rate) && ours.successes == times.successes)
            #expect(times.expected.map { isNear(ours.evaluations, $0) } ?? (ours.evaluations == .infinity))
        }
        #expect(ExpectedRunningTime([]).evaluations == .infinity && ExpectedRunningTime([]).successRate == 0)
        let run = run("a", [5, 3, 2], spent: 10)
        #expect(ExpectedRunningTime([run], target: 3).evaluations == 2)
        #expect(ExpectedRunningTime([run], target: 1) == ExpectedRunningTime([(nil, 10)]))
    }

    /// How often an interval of 30 restarted runs holds the truth: each succeeds with probability 1/2, after 1 ... 99
    /// evaluations, or ends after 100.
    private func coverage(
        of interval: ([(hit: Int?, spent: Int)], inout RandomStream) -> ClosedRange<Double>
    ) -> Int {
        (0..<300).count { number in
            var chance = RandomStream(seed: UInt64(number))
            let runs = (0..<30).map { _ in
                (hit: chance.uniform() < 0.5 ? 1 + chance.index(below: 99) : nil, spent: 100)
            }
            return interval(runs, &chance).contains(50 + 100)
        }
    }

    @Test("an interval of the running time holds the expected one about as often as it says")
    func interval() {
        // Of 300 intervals that hold it with 95 %, fewer than 265 do with probability 1e-6; bootstrap intervals of 30 runs fall
        // short by a few hundredths, so the bound is that of 91 %.
        let held = coverage { ExpectedRunningTime.interval($0, resamples: 400, using: &$1) }
        #expect(held >= 247, "\(held) of 300")
        // One of half the level is caught.
        let narrow = coverage { ExpectedRunningTime.interval($0, level: 0.5, resamples: 400, using: &$1) }
        #expect(narrow < 247, "\(narrow) of 300")
        var chance = RandomStream(seed: 1)
        #expect(ExpectedRunningTime.interval([(nil, 9)], using: &chance) == .infinity ... .infinity)
        #expect(ExpectedRunningTime.interval([(3, 9)], using: &chance) == 3...3)
        let rare = ExpectedRunningTime.interval([(3, 9), (nil, 9), (nil, 9)], using: &chance)
        #expect(rare.lowerBound.isFinite && rare.upperBound == .infinity)
    }

    @Test("simulated restarts have cocopp's law and the expected running time as their mean")
    func restarts() {
        let expected = reference.restarts
        let runs = Array(zip(expected.hits, expected.spent)) as [(hit: Int?, spent: Int)]
        var chance = RandomStream(seed: 5)
        let times = SimulatedRestarts(runs, samplesPerRun: 2000, using: &chance).evaluations
        let mean = times.reduce(0, +) / Double(times.count)
        // Five standard deviations of a mean of 28,000 independent times, which these are at least as good as.
        let tolerance = 5 * expected.deviation / Double(times.count).squareRoot()
        #expect((mean - ExpectedRunningTime(runs).evaluations).magnitude < tolerance)
        #expect((mean - expected.mean).magnitude < tolerance)
        for (index, quartile) in expected.quartiles.enumerated() {
            // Ranks: 0.25 +- 0.015 is more than five standard deviations.
            let share = EmpiricalDistribution(times)
            let wanted = 0.25 * Double(index + 1)
            #expect(share.share(within: quartile) > wanted - 0.015)
            #expect(share.share(within: quartile.nextDown) < wanted + 0.015)
        }
        // A twin that stops after one restart is caught.
        let once = times.map { min($0, 1000) }.reduce(0, +) / Double(times.count)
        #expect((once - expected.mean).magnitude > tolerance)
        let hopeless = SimulatedRestarts([(nil, 5), (nil, 6)], samplesPerRun: 3, using: &chance).evaluations
        #expect(hopeless == Array(repeating: .infinity, count: 6))
    }

    @Test("the targets of COCO are 51 precisions from 100 to 1e-8")
    func fixedTargets() {
        #expect(Targets.coco.count == 51 && Targets.coco[0] == 100 && isNear(Targets.coco[50] * 1e8, 1, 1e-12))
        for (a, b) in zip(Targets.coco, Targets.coco.dropFirst()) { #expect(isNear(a / b, Double.pow(10, 0.2), 1e-12)) }
        #expect(Targets.lists(for: runs) == Array(repeating: Targets.coco, count: 3))
    }

    /// Runs of three families and some luck on a problem whose optimum is unknown.
    private func unknown(seed: UInt64, transform: (Double) -> Double = { $0 }) -> [ComparedRun] {
        var chance = RandomStream(seed: seed)
        return ["a", "b", "c"].enumerated().flatMap { rate, family in
            (0..<8).map { block in
                var (best, evaluation) = (4 + chance.uniform(), 1)
                var improvements: [Trace.Checkpoint] = []
                while evaluation <= 2000 {
                    improvements.append(.init(evaluations: evaluation, best: transform(best)))
                    // Steps of 1/64, so that some values are equal.
                    best = (64 * best * (1 - chance.uniform() / Double(2 + rate))).rounded(.down) / 64 + 0x1p-10
                    evaluation += 1 + chance.index(below: 4 * evaluation)
                }
                return ComparedRun(
                    family: family, problem: 0, block: block, evaluations: 2000, improvements: improvements,
                    optimum: nil)
            }
        }
    }

    @Test(
        "targets of runs of unknown optimum are reached by some, and by no problem's runs all at once",
        arguments: 1...20)
    func derivedTargets(seed: UInt64) {
        let runs = unknown(seed: seed)
        let targets = Targets.byRunningTime(runs)
        #expect(targets.count >= 5 && zip(targets, targets.dropFirst()).allSatisfy(>))
        for target in targets {
            #expect(runs.contains { $0.evaluations(to: target) != nil })
            #expect(!runs.allSatisfy { $0.evaluations(to: target) == 1 })
            let fastest = ["a", "b", "c"].map { family in
                ExpectedRunningTime(runs.filter { $0.family == family }, target: target).evaluations
            }
            #expect(fastest.min()! <= 2000)
        }
        #expect(Targets.lists(for: runs) == [targets])
    }

    @Test("targets are transformed like the objective, and nothing else changes", arguments: 1...20)
    func transforms(seed: UInt64) {
        let targets = Targets.byRunningTime(unknown(seed: seed))
        let profile = RuntimeProfile(unknown(seed: seed), targets: [targets])
        let transforms: [(Double) -> Double] = [{ Double.log($0) }, { $0 * $0 * $0 }, { 5 * $0 - 2 }]
        for transform in transforms {
            let runs = unknown(seed: seed, transform: transform)
            #expect(Targets.byRunningTime(runs) == targets.map(transform))
            #expect(RuntimeProfile(runs, targets: [targets.map(transform)]) == profile)
        }
        // Evenly spread targets between the values found are not.
        let even = { (runs: [ComparedRun]) in
            let values = runs.flatMap { $0.improvements.map(\.best) }
            return (0..<20).map { values.min()! + (values.max()! - values.min()!) * Double(19 - $0) / 19 }
        }
        let runs = unknown(seed: seed, transform: transforms[0])
        #expect(
            RuntimeProfile(runs, targets: [even(runs)])
                != RuntimeProfile(
                    unknown(seed: seed), targets: [even(unknown(seed: seed))]))
    }

    @Test("where nothing is found, or all find the same, there are no targets and shares are 0")
    func noTargets() {
        let failed = run("a", [], spent: 50)
        #expect(Targets.byRunningTime([failed, failed]).isEmpty && Targets.byRunningTime([]).isEmpty)
        #expect(Targets.lists(for: []).isEmpty)
        #expect(Targets.byRunningTime([run("a", [3], spent: 9), run("b", [3], spent: 9)]).isEmpty)
        #expect(RuntimeProfile([failed], targets: [[]]).share(within: 50) == 0)
        #expect(RuntimeProfile([failed], targets: [[1, 2]]).times.steps.isEmpty)
        // One that never finds anything does not keep the others from having targets, the first values among them.
        #expect(Targets.byRunningTime([failed, run("b", [3, 2], spent: 50)]) == [3, 2])
        #expect(Targets.byRunningTime([run("a", [.infinity, 3, 2], spent: 50)]) == [2])
    }

    @Test("attainment is iohinspector's, over all precisions and at those of COCO")
    func attainment() throws {
        for family in ["a", "b", "c"] {
            let all = RuntimeProfile(runs(of: family), from: 1e2, to: 1e-8)
            let listed = Array(Targets.coco.dropFirst())
            let some = RuntimeProfile(runs(of: family), targets: [listed, listed, listed])
            let (expected, discrete) = try (
                #require(reference.attainment[family]), #require(reference.atTargets[family])
            )
            #expect(expected.count == reference.grid.count && discrete.count == expected.count)
            for (place, evaluations) in reference.grid.enumerated() {
                #expect(isNear(all.share(within: evaluations), expected[place]), "\(family) \(evaluations)")
                #expect(isNear(some.share(within: evaluations), discrete[place]), "\(family) \(evaluations)")
            }
        }
    }

    @Test("a profile is a rising step function, and its area that under the steps")
    func area() {
        let times = EmpiricalDistribution([10, 100, 100, .infinity])
        #expect(times.steps.map(\.value) == [10, 100] && times.steps.map(\.share) == [0.25, 0.75])
        #expect(times.share(within: 9.9) == 0 && times.share(within: 10) == 0.25 && times.share(within: 1e9) == 0.75)
        // A third each at 0, 1/4 and 3/4.
        #expect(isNear(times.logarithmicArea(from: 1, to: 1000), 1 / 3.0, 1e-12))
        #expect(isNear(times.logarithmicArea(from: 10, to: 100), 0.25, 1e-12))
        #expect(EmpiricalDistribution([]).steps.isEmpty && EmpiricalDistribution([]).share(within: 1) == 0)
        let (best, worst) = (run("a", [0], spent: 100), run("a", [9], spent: 100))
        #expect(RuntimeProfile([best], targets: [[1, 0]]).area(within: 100) == 1)
        #expect(RuntimeProfile([best, worst], targets: [[1, 0]]).area(within: 100) == 0.5)
        let profile = RuntimeProfile(runs, targets: Targets.lists(for: runs))
        // The trapezoidal rule, at 4000 points.
        let points = (0...4000).map { Double.pow(3000, (Double($0) + 0.5) / 4001) }
        let mean = points.reduce(0) { $0 + profile.times.share(within: $1) } / Double(points.count)
        #expect(isNear(profile.area(within: 3000), mean, 2e-4))
    }

    @Test("with restarts a profile goes on to where all is reached that any run has reached")
    func restartedProfile() {
        let stream = RandomStream(seed: 3)
        let (own, targets) = (runs(of: "b"), Targets.lists(for: runs))
        let single = RuntimeProfile(own, targets: targets)
        let restarted = RuntimeProfile(restarting: own, targets: targets, stream: stream)
        #expect(restarted == RuntimeProfile(restarting: own, targets: targets, stream: stream))
        let reachable = (0..<3).flatMap { problem in
            targets[problem].map { target in
                own.contains { $0.problem == problem && $0.evaluations(to: target) != nil } ? 1.0 : 0
            }
        }
        let end = reachable.reduce(0, +) / Double(reachable.count)
        #expect(restarted.times.steps.last.map { isNear($0.share, end) } == true)
        #expect(end > single.share(within: 3000))
        // No restart ends before the least budget, so up to there both are the same.
        for evaluations in [1, 10, 100, 1000, 2999] {
            #expect(isNear(restarted.share(within: evaluations), single.share(within: evaluations)))
        }
    }

    @Test("data and performance profiles are those of an independent script")
    func profiles() throws {
        #expect(reference.profiles.count == 3)
        for expected in reference.profiles {
            let data = DataProfile(runs, dimensions: reference.dimensions, tolerance: expected.tolerance)
            let performance = PerformanceProfile(runs, tolerance: expected.tolerance)
            #expect(data.families == ["a", "b", "c"] && performance.families == data.families)
            for family in data.families {
                for (kappa, share) in zip(reference.kappas, try #require(expected.data[family])) {
                    #expect(isNear(data.share(of: family, within: kappa), share), "\(family) \(kappa)")
                }
                for (ratio, share) in zip(reference.ratios, try #require(expected.performance[family])) {
                    #expect(isNear(performance.share(of: family, within: ratio), share), "\(family) \(ratio)")
                }
            }
        }
    }

    @Test("profiles leave out blocks that lack a family, and survive plateaus and failures")
    func incompleteProfiles() {
        let runs = [
            run("a", [4, 2, 0]), run("b", [4, 4, 4]), run("a", block: 1, [1]), run("a", block: 2, []),
            run("b", block: 2, []),
            run("a", block: 3, [7]), run("b", block: 3, [7, 7]),
        ]
        let profile = DataProfile(runs, dimensions: [1], tolerance: 0.5)
        // Blocks 0, 2 and 3: a solves the first in two evaluations, one simplex gradient; the last is a plateau.
        #expect(profile.share(of: "a", within: 1) == 2 / 3.0 && profile.share(of: "a", within: 0.9) == 1 / 3.0)
        #expect(profile.share(of: "b", within: 100) == 1 / 3.0)
        #expect(PerformanceProfile(runs, tolerance: 0.5).share(of: "a", within: 1) == 2 / 3.0)
    }
}
