import Inner
import Problems
import RealModule
import Strategies
import Support
import Testing

@Suite("The simplex method")
struct NelderMeadTests {
    private struct Walk: Decodable {
        let function: String
        let dimension: Int
        let adaptive: Bool
        let seed: UInt64
        let points: [[Double]]
    }

    private static let functions: [String: @Sendable ([Double]) -> Double] = [
        "rosenbrock": { x in
            zip(x, x.dropFirst()).reduce(0) { sum, pair in
                let (a, b) = pair
                return sum + (100 * ((b - a * a) * (b - a * a)) + (1 - a) * (1 - a))
            }
        },
        "ellipsoid": { x in zip(x, 1...).reduce(0) { $0 + Double($1.1) * ($1.0 * $1.0) } },
        "step": { x in x.reduce(0) { $0 + ($1 / 4).rounded(.down).magnitude } },
    ]

    /// The first points of a search, in order.
    private func points(_ walk: Walk, _ family: NelderMead) throws -> [[Double]] {
        let value = try #require(Self.functions[walk.function])
        let box = Box(-100...100, dimension: walk.dimension)
        var search = family.makeSearch(in: box, horizon: 0, stream: RandomStream(seed: walk.seed))
        var points: [[Double]] = []
        while points.count < walk.points.count {
            var rows = [Lanes](repeating: .zero, count: search.generationSize * blockCount(walk.dimension))
            var span = rows.mutableSpan
            search.ask(0..<search.generationSize, into: &span)
            let asked = (0..<search.generationSize).map { rows.span.coordinates(row: $0, dimension: walk.dimension) }
            let values = asked.map(value)
            search.tell(rows.span, values: values.span)
            points += asked
        }
        return Array(points.prefix(walk.points.count))
    }

    @Test("evaluates at the points at which SciPy's does, to the last bit, where points tie too")
    func samePoints() throws {
        let walks = try reference("nelder_mead", as: [Walk].self)
        #expect(walks.count == 8)
        for walk in walks {
            let family = NelderMead(coefficients: walk.adaptive ? nil : .standard)
            #expect(try points(walk, family) == walk.points, "\(walk.function), \(walk.dimension)")
            let other = NelderMead(coefficients: walk.adaptive ? .standard : .adaptive(dimension: 4))
            #expect(try points(walk, other) != walk.points)
        }
    }

    @Test("adapts nothing in two dimensions")
    func adaptive() {
        let (adaptive, standard) = (NelderMead.Coefficients.adaptive(dimension: 2), NelderMead.Coefficients.standard)
        #expect(adaptive.expansion == standard.expansion && adaptive.contraction == standard.contraction)
        #expect(adaptive.shrinkage == standard.shrinkage)
    }

    @Test(
        "reaches 1e-8 in five dimensions within 2.5 times the evaluations of the simplex method in BBOB-2009",
        arguments: [1, 2, 8, 9, 10, 11, 12])
    func publishedTimes(function: Int) throws {
        let rows = try reference("bbob2009", as: [PublishedTrials].self)
        let published = try #require(rows.first { $0.algorithm == "NELDER" && $0.function == function })
        let own = try RunningTime(.nelderMead, function: function, dimension: 5, budget: 20_000)
        #expect(own.successes == 15)
        #expect(own.expected <= 2.5 * published.expectedTime, "\(own.expected), published \(published.expectedTime)")
        let swarm = try RunningTime(.particleSwarm(size: 40), function: function, dimension: 5, budget: 20_000)
        #expect(swarm.expected > 2.5 * published.expectedTime)
    }

    @Test("finds an optimum in a corner of the box")
    func corner() throws {
        let own = try RunningTime(.nelderMead, function: 5, dimension: 5, budget: 10_000)
        #expect(own.successes == 15)
    }

    @Test(
        "begins again at the further initial points, whatever it is told",
        arguments: ["bowl", "plateau", "nothing", "slope", "noise"])
    func restarts(told: String) {
        // A box far from 0 too: its points lie no finer than 1e-10.
        for box in [Box(-5...5, dimension: 3), Box(1e6...1_000_001, dimension: 3)] {
            let stream = RandomStream(seed: 4)
            var chance = RandomStream(seed: 5)
            var initial: [[Double]] = []
            var random = UniformRandom().makeSearch(in: box, horizon: 0, stream: stream)
            walk(&random, dimension: 3, generations: 8) {
                initial += [$0]; return 0
            }
            var search = NelderMead().makeSearch(in: box, horizon: 0, stream: stream)
            var starts: [[Double]] = []
            for _ in 0..<8000 {
                let begins = search.generationSize == 4
                var first = true
                walk(&search, dimension: 3, generations: 1) { point in
                    if begins, first { starts.append(point) }
                    first = false
                    return switch told {
                    case "bowl": zip(point, box.centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                    case "plateau": 1
                    case "nothing": .infinity
                    case "slope": point.reduce(0, -)
                    default: chance.uniform()
                    }
                }
            }
            #expect(starts.count >= 4 && starts == Array(initial.prefix(starts.count)), "\(starts.count)")
        }
    }

    private func walk(
        _ search: inout any Search, dimension: Int, generations: Int, value: ([Double]) -> Double
    ) {
        for _ in 0..<generations {
            var rows = [Lanes](repeating: .zero, count: search.generationSize * blockCount(dimension))
            var span = rows.mutableSpan
            search.ask(0..<search.generationSize, into: &span)
            let values = (0..<search.generationSize).map { value(rows.span.coordinates(row: $0, dimension: dimension)) }
            search.tell(rows.span, values: values.span)
        }
    }
}
