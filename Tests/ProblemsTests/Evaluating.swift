import Inner
import Problems

/// The values of `points`, evaluated as one batch whose first evaluation has number `first`.
func values(
    of problem: some PureProblem, at points: [[Double]], seed: UInt64 = 0, first: Int = 0
) -> [Double] {
    var objective = problem.makeObjective()
    let rows = points.flatMap { paddedRow($0) }
    var values = [Double](repeating: .nan, count: points.count)
    var out = values.mutableSpan
    objective.evaluate(rows.span, seeds: EvaluationSeeds(RandomStream(seed: seed), first: first), into: &out)
    return values
}

func value(of problem: some PureProblem, at point: [Double]) -> Double { values(of: problem, at: [point])[0] }

/// Points uniform in the problem's box.
func randomPoints(_ count: Int, in box: Box, seed: UInt64) -> [[Double]] {
    var stream = RandomStream(seed: seed)
    return (0..<count).map { _ in zip(box.lower, box.upper).map { $0 + stream.uniform() * ($1 - $0) } }
}

/// Some corners of the box: all low, all high, alternating.
func corners(of box: Box) -> [[Double]] {
    [box.lower, box.upper, box.lower.indices.map { $0 % 2 == 0 ? box.lower[$0] : box.upper[$0] }]
}

/// The functions without noise, by name.
let functionNames = ["sphere", "ellipsoid", "rosenbrock", "rastrigin", "ackley", "griewank", "schwefel"]

func function(_ name: String, dimension: Int, instance: Int) throws -> any BenchmarkFunction {
    let problem = try ProblemCatalogue.make(name, dimension: dimension, instance: instance)
    return problem as! any BenchmarkFunction
}
