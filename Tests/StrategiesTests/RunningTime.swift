import Inner
import Problems
import Strategies

/// Searches of a family on instances 1 to 15 of a BBOB function, to f_opt + 1e-8.
struct RunningTime {
    private(set) var successes = 0
    private(set) var evaluations = 0

    /// - Parameter budget: evaluations after which a search has failed.
    init(_ family: some SearchFamily, function: Int, dimension: Int, budget: Int) throws {
        for instance in 1...15 {
            try search(
                family, ProblemCatalogue.make("bbob/f\(function)", dimension: dimension, instance: instance), budget)
        }
    }

    private mutating func search(_ family: some SearchFamily, _ problem: some PureProblem, _ budget: Int) {
        let stream = RandomStream(seed: 2009).split(.search, evaluations)
        let result = run(family, on: problem, budget: budget, stream: stream, improvements: true)
        let hit = result.improvements.first { $0.best <= (problem.optimum ?? -.infinity) + 1e-8 }
        successes += hit == nil ? 0 : 1
        evaluations += hit?.evaluations ?? budget
    }

    /// Expected running time: all evaluations over all successes.
    var expected: Double { Double(evaluations) / Double(successes) }
}
