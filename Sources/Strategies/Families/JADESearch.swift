import CSimd
import Inner
import RealModule

/// One running JADE. Generation g draws from streams `.move` g, 0 (whom to combine, and how), `.move` g, 1 (what to take)
/// and `.topology` g (whom the archive forgets).
struct JADESearch: Search {
    /// p and c of the paper: the share of the best, and the rate of adaptation.
    private static let greediness = 0.05
    private static let adaptation = 0.1
    /// Scale of F's Cauchy and deviation of CR's normal distribution.
    private static let spread = 0.1

    private let stream: RandomStream
    private var population: Population
    /// Vectors that lost their place: room for those of one generation beyond what is kept.
    private var archive: [Lanes]
    private var archived = 0
    /// The numbers of the best vectors, best first.
    private var elite: [Int]
    private var meanWeight = 0.5
    private var meanCrossover = 0.5
    /// F and CR of this generation.
    private var weights: [Double]
    private var crossovers: [Double]
    private var generation = 0

    init(size: Int, in box: Box, stream: RandomStream) {
        self.stream = stream
        population = Population(size: size, in: box, stream: stream)
        archive = Array(repeating: .zero, count: 2 * size * population.blocks)
        elite = Array(0..<max(2, Int((Self.greediness * Double(size)).rounded())))
        weights = Array(repeating: 0, count: size)
        crossovers = Array(repeating: 0, count: size)
    }

    var generationSize: Int { population.size }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        guard generation > 0 else { return population.scatter(rows, into: &points) }
        let (choices, takes) = (stream.split(.move, generation), stream.split(.move, generation, 1))
        for row in rows {
            var draws = RandomStream(seed: choices.key(of: row))
            challenge(row, &draws, takes: takes.key(of: row), into: &points)
        }
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) {
        if generation == 0 {
            for row in 0..<population.size { population.replace(row, by: points, value: values[row]) }
        } else {
            absorb(points, values: values)
            forget()
        }
        rank()
        generation += 1
    }

    /// Writes the rival of vector `row`.
    private mutating func challenge(
        _ row: Int, _ draws: inout RandomStream, takes: UInt64, into points: inout MutableSpan<Lanes>
    ) {
        let (weight, rate) = (drawWeight(&draws), drawCrossover(&draws))
        (weights[row], crossovers[row]) = (weight, rate)
        let p = elite[draws.index(below: elite.count)]
        let a = draws.index(below: population.size, besides: row)
        let b = draws.index(below: population.size &+ archived, besides: row, a)
        let crossover = Crossover(rate: rate, certain: draws.index(below: population.dimension), key: takes)
        for block in 0..<population.blocks {
            let x = population[row, block]
            let difference = knee_sub(population[a, block], union(b, block))
            let step = knee_mul(knee_splat(weight), knee_add(knee_sub(population[p, block], x), difference))
            let (low, high) = (population.lower[block], population.upper[block])
            var mutant = knee_add(x, step)
            let escaped = knee_outside(mutant, low, high)
            if knee_any(escaped) {
                let wall = knee_max(knee_min(mutant, high), low)
                let middle = knee_add(knee_mul(knee_splat(0.5), x), knee_mul(knee_splat(0.5), wall))
                mutant = knee_select(escaped, middle, mutant)
            }
            points[row &* population.blocks &+ block] = crossover(block, mutant: mutant, parent: x)
        }
    }

    /// Vector `number` of the population and, behind it, the archive.
    @inline(__always)
    private func union(_ number: Int, _ block: Int) -> Lanes {
        number < population.size
            ? population[number, block] : archive[(number &- population.size) &* population.blocks &+ block]
    }

    /// F ~ Cauchy(mu_F, 0.1), drawn again where it is not positive and cut at 1.
    private func drawWeight(_ draws: inout RandomStream) -> Double {
        while true {
            let weight = meanWeight + Self.spread * Double.tan(.pi * (draws.uniform() - 0.5))
            if weight > 0 { return min(weight, 1) }
        }
    }

    /// CR ~ N(mu_CR, 0.1), cut to [0, 1].
    private func drawCrossover(_ draws: inout RandomStream) -> Double {
        min(max(meanCrossover + Self.spread * draws.normal(), 0), 1)
    }

    /// Lets winners in, keeps whom they replace, and learns from their F and CR.
    private mutating func absorb(_ points: Span<Lanes>, values: Span<Double>) {
        var (winners, weightSum, weightSquares, crossoverSum) = (0.0, 0.0, 0.0, 0.0)
        for row in 0..<population.size where values[row] < population.values[row] {
            for block in 0..<population.blocks {
                archive[archived &* population.blocks &+ block] = population[row, block]
            }
            archived += 1
            population.replace(row, by: points, value: values[row])
            winners += 1
            weightSum += weights[row]
            weightSquares += weights[row] * weights[row]
            crossoverSum += crossovers[row]
        }
        guard winners > 0 else { return }
        meanWeight += Self.adaptation * (weightSquares / weightSum - meanWeight)
        meanCrossover += Self.adaptation * (crossoverSum / winners - meanCrossover)
    }

    /// Removes vectors from the archive at random until it is no larger than the population.
    private mutating func forget() {
        var draws = stream.split(.topology, generation)
        while archived > population.size {
            let forgotten = draws.index(below: archived)
            archived -= 1
            for block in 0..<population.blocks {
                archive[forgotten &* population.blocks &+ block] = archive[archived &* population.blocks &+ block]
            }
        }
    }

    /// Finds the best vectors: an insertion sort that stops at the size of the elite.
    private mutating func rank() {
        var count = 0
        for number in 0..<population.size {
            let value = population.values[number]
            if count == elite.count, population.values[elite[count - 1]] <= value { continue }
            var place = min(count, elite.count - 1)
            while place > 0, value < population.values[elite[place - 1]] {
                elite[place] = elite[place - 1]
                place -= 1
            }
            elite[place] = number
            count = min(count + 1, elite.count)
        }
    }
}
