import Inner
import Support
import Testing

/// A search of a given shape on a script.
struct Shape: Sendable, CustomTestStringConvertible {
    var sizes: [Int]
    var budget: Int
    var dimension = 1
    var first = 1

    var testDescription: String {
        "generations of \(sizes), budget \(budget), dimension \(dimension), grid from \(first)"
    }

    static let all = [
        Shape(sizes: [4], budget: 64), Shape(sizes: [7], budget: 100, dimension: 3, first: 8),
        Shape(sizes: [50], budget: 20, dimension: 9), Shape(sizes: [1], budget: 33, first: 5),
        Shape(sizes: [5], budget: 1), Shape(sizes: [1], budget: 1), Shape(sizes: [6], budget: 7, first: 20),
        Shape(sizes: [3, 5, 1], budget: 200, dimension: 8, first: 10),
    ]
}

struct SearchLoopTests {
    /// Every fifth value is undefined.
    private static func script(_ number: Int) -> Double {
        var chance = RandomStream(seed: 5).split(.noise, number)
        return number % 5 == 3 ? [.nan, .infinity, -.infinity][number % 3] : chance.normal()
    }

    private func search(_ shape: Shape, _ script: @escaping @Sendable (Int) -> Double) -> (
        SearchResult, ScriptedProblem
    ) {
        let problem = ScriptedProblem(dimension: shape.dimension, script: script)
        let result = run(
            UniformFamily(sizes: shape.sizes), on: problem, budget: shape.budget,
            checkpoints: CheckpointGrid(first: shape.first), stream: RandomStream(seed: 1))
        return (result, problem)
    }

    @Test("a trace is the running minimum at the checkpoints and at the end", arguments: Shape.all)
    func traceIsRunningMinimum(shape: Shape) {
        let (result, _) = search(shape, Self.script)
        let grid = CheckpointGrid(first: shape.first)
        let places = Set((0..<grid.count(within: shape.budget)).map(grid.evaluations) + [shape.budget]).sorted()
        let expected = places.map { place in
            let best = (0..<place).map(Self.script).filter(\.isFinite).min() ?? .infinity
            return Trace.Checkpoint(evaluations: place, best: best)
        }
        #expect(result.trace == Trace(expected))
    }

    @Test("every improvement is kept with its evaluation, if that is asked for", arguments: Shape.all)
    func improvementsAreKept(shape: Shape) {
        let (plain, problem) = search(shape, Self.script)
        let kept = run(
            UniformFamily(sizes: shape.sizes), on: problem, budget: shape.budget,
            checkpoints: CheckpointGrid(first: shape.first), stream: RandomStream(seed: 1), improvements: true)
        var best = Double.infinity
        let expected = (0..<shape.budget).compactMap { number -> Trace.Checkpoint? in
            let value = Self.script(number)
            guard value.isFinite, value < best else { return nil }
            best = value
            return Trace.Checkpoint(evaluations: number + 1, best: value)
        }
        #expect(kept.improvements == expected && plain.improvements.isEmpty)
        #expect(kept.trace == plain.trace && kept.best == plain.best)
    }

    @Test("every budget is spent exactly, one evaluation after the other", arguments: Shape.all)
    func spendsExactly(shape: Shape) {
        let (result, problem) = search(shape, Self.script)
        #expect(problem.calls.map(\.number) == Array(0..<shape.budget))
        #expect(result.evaluations == shape.budget && result.end == .budget)
    }

    @Test("what is not finite ranks worst and is counted", arguments: Shape.all)
    func countsFailures(shape: Shape) throws {
        let (result, problem) = search(shape, Self.script)
        let values = (0..<shape.budget).map(Self.script)
        #expect(result.failures == values.count { !$0.isFinite })
        let (number, value) = try #require(
            values.enumerated().filter { $0.element.isFinite }.min { $0.element < $1.element })
        #expect(result.best == SearchResult.Best(point: problem.calls[number].point, value: value))
    }

    @Test("a search without a single value has no best", arguments: [Double.nan, .infinity, -.infinity])
    func nothingDefined(value: Double) {
        let (result, _) = search(Shape(sizes: [4], budget: 30, first: 8)) { _ in value }
        #expect(result.best == nil && result.failures == 30 && result.evaluations == 30)
        #expect(result.trace.checkpoints.allSatisfy { $0.best == .infinity })
    }

    @Test("a search is told whole generations only, the undefined as worst")
    func tellsWholeGenerations() {
        let family = UniformFamily(sizes: [4, 6])
        let problem = ScriptedProblem(script: Self.script)
        _ = run(family, on: problem, budget: 33, stream: RandomStream(seed: 1))
        let told = family.told.generations
        #expect(told.map(\.count) == [4, 6, 4, 6, 4, 6])
        #expect(told.flatMap(\.self) == (0..<30).map { Self.script($0).isFinite ? Self.script($0) : .infinity })
    }

    @Test("a run of T is the beginning of a run of 2T", arguments: [1, 3, 8, 100])
    func prefixesAreExact(size: Int) {
        let problem = FunctionProblem.rugged(dimension: 3)
        let grid = CheckpointGrid(first: 10)
        let results = (0..<4).map {
            run(
                UniformFamily(size: size), on: problem, budget: 80 << $0, checkpoints: grid,
                stream: RandomStream(seed: 3))
        }
        for (short, long) in zip(results, results.dropFirst()) {
            let checkpoints = short.trace.checkpoints
            #expect(long.trace.checkpoints.prefix(checkpoints.count).elementsEqual(checkpoints))
        }
    }

    @Test("equal streams give equal results, other streams others")
    func streamDecides() {
        let problem = FunctionProblem.rugged(dimension: 3)
        let results = [1, 1, 2].map {
            run(UniformFamily(size: 5), on: problem, budget: 99, stream: RandomStream(seed: $0))
        }
        #expect(results[0] == results[1])
        #expect(results[0] != results[2])
    }

    @Test("a cancelled task ends its search at the next generation")
    func cancels() async {
        let problem = ScriptedProblem { number in
            if number == 41 { withUnsafeCurrentTask { $0?.cancel() } }
            return Double(number)
        }
        let result = await Task {
            run(UniformFamily(size: 10), on: problem, budget: 1000, stream: RandomStream(seed: 1))
        }
        .value
        #expect(result.end == .cancelled && result.evaluations == 50)
    }
}
