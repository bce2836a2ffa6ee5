import Inner
import Strategies
import Support

/// What searches with seeds 1, 2, ... find and spend.
struct Effort {
    /// Evaluations until the best value was at the target or below; infinite where it never was.
    let evaluations: [Double]
    /// Best values at the end.
    let best: [Double]

    init(
        _ family: some SearchFamily, on problem: some PureProblem, to target: Double, runs: Int, within budget: Int
    ) {
        let results = (1...runs).map { seed in
            run(family, on: problem, budget: budget, stream: RandomStream(seed: UInt64(seed)), improvements: true)
        }
        evaluations = results.map { result in
            result.improvements.first { $0.best <= target }.map { Double($0.evaluations) } ?? .infinity
        }
        best = results.map { $0.best?.value ?? .infinity }
    }

    var median: Double { evaluations.sorted()[evaluations.count / 2] }
    var mean: Double { evaluations.reduce(0, +) / Double(evaluations.count) }
    var medianBest: Double { best.sorted()[best.count / 2] }
}
