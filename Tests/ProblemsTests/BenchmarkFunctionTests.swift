import Inner
import Problems
import Testing

@Suite("Every function keeps its promises")
struct BenchmarkFunctionTests {
    static let dimensions = [2, 3, 8, 10, 17, 30]

    @Test("its least value, 0, is taken at its optimum, inside its box", arguments: functionNames)
    func optimum(name: String) throws {
        for dimension in Self.dimensions + [129, 1000] {
            for instance in [0, 1, 2, 77] {
                let function = try function(name, dimension: dimension, instance: instance)
                #expect(function.name == name)
                #expect(function.optimum == 0)
                #expect(function.isNoisy == false)
                #expect(function.dimension == dimension)
                #expect(function.box.contains(function.optimumPoint))
                let least = value(of: function, at: function.optimumPoint)
                #expect(least >= 0 && least <= 1e-9, "instance \(instance), d = \(dimension)")
            }
        }
    }

    @Test("no point of its box is better than its optimum", arguments: functionNames)
    func neverBelow(name: String) throws {
        for dimension in Self.dimensions {
            for instance in 0...3 {
                let function = try function(name, dimension: dimension, instance: instance)
                let points = randomPoints(500, in: function.box, seed: UInt64(instance))
                #expect(values(of: function, at: points).allSatisfy { $0.isFinite && $0 > 0 })
                #expect(values(of: function, at: corners(of: function.box)).allSatisfy { $0.isFinite && $0 > 0 })
            }
        }
    }

    @Test("near its optimum it grows away from it", arguments: functionNames)
    func neighbours(name: String) throws {
        for instance in 0...3 {
            let function = try function(name, dimension: 10, instance: instance)
            for j in 0..<10 {
                for step in [-1e-3, 1e-3] {
                    var point = function.optimumPoint
                    point[j] += step
                    #expect(value(of: function, at: point) > 1e-9)
                }
            }
        }
    }

    @Test("instance 0 is the textbook formula", arguments: functionNames)
    func classical(name: String) throws {
        let formula = try #require(textbook[name])
        for dimension in Self.dimensions {
            let function = try function(name, dimension: dimension, instance: 0)
            let points = randomPoints(300, in: function.box, seed: 5)
            for (found, point) in zip(values(of: function, at: points), points) {
                let expected = formula(point)
                #expect((found - expected).magnitude <= 1e-12 * expected.magnitude, "d = \(dimension)")
            }
        }
    }

    @Test("a batch has the values of its points one by one", arguments: ProblemCatalogue.names)
    func batches(name: String) throws {
        let problem = try ProblemCatalogue.make(name)
        let points = randomPoints(37, in: problem.box, seed: 11)
        let batch = values(of: problem, at: points, seed: 3)
        for (index, point) in points.enumerated() {
            let single = values(of: problem, at: [point], seed: 3, first: index)[0]
            #expect(single.bitPattern == batch[index].bitPattern)
        }
    }

    @Test("an objective has no memory of what it evaluated before", arguments: ProblemCatalogue.names)
    func memory(name: String) throws {
        func twice(_ problem: some PureProblem) -> Bool {
            var objective = problem.makeObjective()
            let rows = randomPoints(9, in: problem.box, seed: 12).flatMap { paddedRow($0) }
            let seeds = EvaluationSeeds(RandomStream(seed: 1), first: 0)
            var results = [[Double]](repeating: Array(repeating: .nan, count: 9), count: 2)
            for run in 0..<2 {
                var out = results[run].mutableSpan
                objective.evaluate(rows.span, seeds: seeds, into: &out)
            }
            return results[0].map(\.bitPattern) == results[1].map(\.bitPattern)
        }
        #expect(twice(try ProblemCatalogue.make(name)))
    }
}
