import Inner
import Problems
import RealModule
import Strategies
import Support
import Testing

@Suite("CMA-ES")
struct CMAESTests {
    private struct Defaults: Decodable {
        let dimension, size: Int
        let weights: [Double]
        let mass, stepRate, stepDamping, pathRate, rankOneRate, rankMuRate, normalLength: Double
    }

    @Test("has the tutorial's default parameters, as another implementation has them")
    func parameters() throws {
        for row in try reference("cmaes_parameters", as: [Defaults].self) {
            let own = CMAESParameters(dimension: row.dimension, size: row.size)
            let pairs =
                [
                    (own.mass, row.mass), (own.stepRate, row.stepRate), (own.stepDamping, row.stepDamping),
                    (own.pathRate, row.pathRate), (own.rankOneRate, row.rankOneRate), (own.rankMuRate, row.rankMuRate),
                    (own.normalLength, row.normalLength),
                ] + zip(own.weights, row.weights)
            #expect(own.weights.count == row.size)
            #expect(pairs.allSatisfy { ($0 - $1).magnitude <= 1e-12 * max(1, $1.magnitude) }, "\(own) \(row)")
        }
    }

    /// Sphere, ellipsoid, Rosenbrock, turned ellipsoid, discus, bent cigar.
    @Test(
        "reaches 1e-8 in ten dimensions within 1.5 times the evaluations of BIPOP-CMA-ES in BBOB-2009",
        arguments: [1, 2, 8, 10, 11, 12])
    func publishedTimes(function: Int) throws {
        let rows = try reference("bbob2009", as: [PublishedTrials].self)
        let published = try #require(rows.first { $0.algorithm == "BIPOP-CMA-ES" && $0.function == function })
        let own = try RunningTime(.cmaes(size: 10), function: function, dimension: 10, budget: 30_000)
        #expect(own.successes == 15)
        #expect(own.expected <= 1.5 * published.expectedTime, "\(own.expected), published \(published.expectedTime)")
        let swarm = try RunningTime(.particleSwarm(size: 40), function: function, dimension: 10, budget: 30_000)
        #expect(swarm.expected > 1.5 * published.expectedTime)
    }

    @Test("finds an optimum in a corner of the box as fast as one inside it")
    func slope() throws {
        let own = try RunningTime(.cmaes(size: 10), function: 5, dimension: 10, budget: 6000)
        #expect(own.successes == 15 && own.expected < 2500, "\(own)")
    }

    @Test("finds an optimum on a face of the box")
    func face() {
        // sum of 10^(4i/9) (x_i - c_i)^2; every other c_i is 2 outside, where the nearest x_i is 5.
        let problem = FunctionProblem(dimension: 10) { point, _ in
            point.enumerated().reduce(0) { sum, entry in
                let distance = entry.element - (entry.offset.isMultiple(of: 2) ? 7 : 1.5)
                return sum + Double.pow(10, 4 * Double(entry.offset) / 9) * distance * distance
            }
        }
        let least = stride(from: 0, to: 10, by: 2).reduce(0) { $0 + 4 * Double.pow(10, 4 * Double($1) / 9) }
        for seed in 0..<5 {
            let result = run(.cmaes(size: 10), on: problem, budget: 5000, stream: RandomStream(seed: UInt64(seed)))
            #expect((result.best?.value ?? .infinity) <= least + 1e-6, "\(seed)")
        }
    }

    @Test("decisions rest on ranks: exp(f) is searched like f")
    func ranksOnly() {
        let plain = FunctionProblem.rugged(dimension: 4)
        let transformed = FunctionProblem.rugged(dimension: 4) { Double.exp($0 / 8) }
        for seed in 0..<5 {
            let (a, b) = (RandomStream(seed: UInt64(seed)), RandomStream(seed: UInt64(seed)))
            let first = run(.cmaes(size: 8), on: plain, budget: 400, stream: a).best?.point
            #expect(first != nil && first == run(.cmaes(size: 8), on: transformed, budget: 400, stream: b).best?.point)
        }
    }

    /// ln of the best value after 1000 evaluations of an ellipsoid of condition 1e4 in five dimensions, 40 searches.
    private func progress(_ family: some SearchFamily, turned: Bool) -> [Double] {
        (0..<40).map { seed in
            var stream = RandomStream(seed: UInt64(seed)).split(.instance)
            let axes = turned ? rotation(5, using: &stream) : (0..<5).map { i in (0..<5).map { $0 == i ? 1 : 0 } }
            let problem = FunctionProblem(dimension: 5) { point, _ in
                axes.enumerated().reduce(0) { sum, axis in
                    let along = zip(point, axis.element).reduce(0) { $0 + $1.0 * $1.1 }
                    return sum + Double.pow(10, Double(axis.offset)) * along * along
                }
            }
            let seed = UInt64(turned ? 100 + seed : seed)
            let result = run(family, on: problem, budget: 1000, stream: RandomStream(seed: seed))
            return Double.log(result.best?.value ?? .infinity)
        }
    }

    @Test("turning the axes of a problem changes nothing in law")
    func rotationInvariance() {
        let bound = 2 * deviationBound(falseAlarm: 1e-6)
        func distance(_ family: some SearchFamily) -> Double {
            let (plain, turned) = (progress(family, turned: false), progress(family, turned: true))
            return rankSumDeviation(plain, turned).magnitude
        }
        #expect(2 * distance(.cmaes(size: 8)) < bound)
        #expect(2 * distance(.particleSwarm(size: 10)) > bound)
    }

    /// A distribution about the origin of a box that is nowhere near.
    private func distribution(dimension: Int, size: Int, sigma: Double) -> CMAESDistribution {
        CMAESDistribution(
            mean: paddedRow(Array(repeating: 0, count: dimension)), sigma: sigma,
            width: paddedRow(Array(repeating: 1, count: dimension)), dimension: dimension, size: size)
    }

    /// Draws a generation and absorbs it in the order of `score`.
    private func advance(_ own: inout CMAESDistribution, size: Int, seed: Int, score: ([Double], Int) -> Double) {
        let stream = RandomStream(seed: 5).split(.move, seed, own.generation)
        var points = [Lanes](repeating: .zero, count: size * blockCount(own.dimension))
        var rows = points.mutableSpan
        for row in 0..<size { own.draw(row, key: stream.key(of: row), into: &rows) }
        let scores = (0..<size).map { score(points.span.coordinates(row: $0, dimension: own.dimension), $0) }
        own.update((0..<size).sorted { scores[$0] < scores[$1] })
    }

    @Test("learns the inverse Hessian of an ellipsoid, up to scale")
    func covariance() {
        let (d, size) = (6, 9)
        var stream = RandomStream(seed: 1)
        let axes = rotation(d, using: &stream)
        let weights = (0..<d).map { Double.pow(1e4, Double($0) / Double(d - 1)) }
        func along(_ x: [Double]) -> [Double] { axes.map { zip($0, x).reduce(0) { $0 + $1.0 * $1.1 } } }
        var own = distribution(dimension: d, size: size, sigma: 1)
        /// The condition number of H^1/2 C H^1/2.
        func condition() -> Double {
            let c = (0..<d).map { own.covariance.span.coordinates(row: $0, dimension: d) }
            let turned = (0..<d).map { i in along(c.map { along2($0, axes[i]) }) }
            let scaled = (0..<d).map { i in (0..<d).map { turned[i][$0] * (weights[i] * weights[$0]).squareRoot() } }
            var eigen = SymmetricEigen(dimension: d)
            eigen.decompose(scaled.flatMap { paddedRow($0) })
            return (eigen.values.max() ?? .infinity) / (eigen.values.min() ?? 0)
        }
        func along2(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
        #expect(condition() > 9e3)
        for _ in 0..<600 {
            advance(&own, size: size, seed: 0) { x, _ in
                zip(along(x), weights).reduce(0) { $0 + $1.1 * $1.0 * $1.0 }
            }
        }
        #expect(condition() < 20, "\(condition())")
    }

    /// ln sigma after 50 generations, less what it is on average if selection is blind, in standard errors.
    ///
    /// |p_sigma| is then chi sqrt(1 - (1 - c_sigma)^2g) on average, because p_sigma begins at 0.
    private func drift(score: ([Double], Int, inout RandomStream) -> Double) -> Double {
        let (d, size, searches, generations) = (5, 8, 300, 50)
        let parameters = CMAESParameters(dimension: d, size: size)
        let expected = (1...generations).reduce(0) { sum, g in
            let fading = Double.pow(1 - parameters.stepRate, 2 * Double(g))
            return sum + parameters.stepRate / parameters.stepDamping * ((1 - fading).squareRoot() - 1)
        }
        let drifts = (0..<searches).map { search in
            var own = distribution(dimension: d, size: size, sigma: 1)
            var chance = RandomStream(seed: 77).split(.noise, search)
            for _ in 0..<generations { advance(&own, size: size, seed: search) { score($0, $1, &chance) } }
            return Double.log(own.sigma) - expected
        }
        let mean = drifts.reduce(0, +) / Double(searches)
        let variance = drifts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(searches - 1)
        return mean / (variance / Double(searches)).squareRoot()
    }

    @Test("the step size is unbiased where selection is blind")
    func sigmaIsUnbiased() {
        let bound = deviationBound(falseAlarm: 1e-6)
        #expect(drift { _, _, chance in chance.uniform() }.magnitude < bound)
        #expect(drift { x, _, chance in chance.uniform() + 2 * x[0].magnitude }.magnitude > bound)
    }

    @Test("every restart doubles the generation, whatever cannot be told apart", arguments: [Double.infinity, 1])
    func restarts(value: Double) {
        var search = CMAES(size: 6).makeSearch(in: Box(-5...5, dimension: 3), horizon: 0, stream: RandomStream(seed: 1))
        var sizes = [6]
        for _ in 0..<200 {
            let points = [Lanes](repeating: .zero, count: search.generationSize)
            var rows = points
            var span = rows.mutableSpan
            search.ask(0..<search.generationSize, into: &span)
            let values = [Double](repeating: value, count: search.generationSize)
            search.tell(rows.span, values: values.span)
            if search.generationSize != sizes.last { sizes.append(search.generationSize) }
        }
        #expect(sizes.count > 4 && sizes == (0..<sizes.count).map { 6 << $0 }, "\(sizes)")
    }
}

/// The rank sum of `a` among `a` and `b`, in standard deviations from its mean if both have one law.
///
/// - SeeAlso: Mann & Whitney (1947), doi:10.1214/aoms/1177730491
func rankSumDeviation(_ a: [Double], _ b: [Double]) -> Double {
    let wins = a.reduce(0) { sum, x in sum + b.reduce(0) { $0 + (x < $1 ? 1 : x == $1 ? 0.5 : 0) } }
    let (n, m) = (Double(a.count), Double(b.count))
    return (wins - n * m / 2) / (n * m * (n + m + 1) / 12).squareRoot()
}
