import AllocationCounter
import Inner
import Problems
import Testing

/// A batch of points is evaluated without a single allocation, by every built-in problem.
@Suite(.enabled(if: allocation_counter_works(), "allocations are counted on Linux without sanitizers"))
struct ObjectiveAllocationTests {
    /// Allocations in the second of two batches of 20 points.
    private func allocations(_ problem: some PureProblem) -> Int {
        var objective = problem.makeObjective()
        let points = randomPoints(20, in: problem.box, seed: 1).flatMap { paddedRow($0) }
        var values = [Double](repeating: 0, count: 20)
        let seeds = EvaluationSeeds(RandomStream(seed: 1), first: 0)
        var count = 0
        for _ in 0..<2 {
            let rows = points.span
            var out = values.mutableSpan
            allocation_counter_begin()
            objective.evaluate(rows, seeds: seeds, into: &out)
            count = Int(allocation_counter_end())
        }
        return count
    }

    @Test("evaluating allocates nothing", arguments: ProblemCatalogue.names)
    func none(name: String) throws {
        for dimension in [2, 10, 33] {
            guard let problem = try? ProblemCatalogue.make(name, dimension: dimension) else { continue }
            #expect(allocations(problem) == 0)
        }
        #expect(allocations(try ProblemCatalogue.make(name)) == 0)
    }

    @Test("an objective that allocates is seen")
    func brokenTwin() { #expect(allocations(Wasteful()) > 0) }

    private struct Wasteful: PureProblem {
        let name = "wasteful"
        let box = Box(-1...1, dimension: 2)

        struct Evaluator: Objective {
            mutating func evaluate(
                _ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>
            ) {
                for row in values.indices { values[row] = points.coordinates(row: row, dimension: 2)[0] }
            }
        }

        func makeObjective() -> Evaluator { Evaluator() }
    }
}
