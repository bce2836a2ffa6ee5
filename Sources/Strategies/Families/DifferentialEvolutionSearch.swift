import CSimd
import Inner

/// One running differential evolution. Generation g draws from streams `.move` g, 0 (whom to combine), `.move` g, 1 (what
/// to take) and `.confine` g.
struct DifferentialEvolutionSearch: Search {
    private let family: DifferentialEvolution
    private let stream: RandomStream
    private var population: Population
    private var generation = 0

    init(_ family: DifferentialEvolution, in box: Box, stream: RandomStream) {
        self.family = family
        self.stream = stream
        population = Population(size: family.size, in: box, stream: stream)
    }

    var generationSize: Int { family.size }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        guard generation > 0 else { return population.scatter(rows, into: &points) }
        let (choices, takes) = (stream.split(.move, generation), stream.split(.move, generation, 1))
        let bounces = stream.split(.confine, generation)
        for row in rows {
            var draws = RandomStream(seed: choices.key(of: row))
            challenge(row, &draws, takes: takes.key(of: row), bounces: bounces.key(of: row), into: &points)
        }
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) {
        for row in 0..<family.size where generation == 0 || values[row] <= population.values[row] {
            population.replace(row, by: points, value: values[row])
        }
        generation += 1
    }

    /// Writes the rival of vector `row`.
    private func challenge(
        _ row: Int, _ draws: inout RandomStream, takes: UInt64, bounces: UInt64, into points: inout MutableSpan<Lanes>
    ) {
        let a = draws.index(below: family.size, besides: row)
        let b = draws.index(below: family.size, besides: row, a)
        let c = draws.index(below: family.size, besides: row, a, b)
        let crossover = Crossover(
            rate: family.crossover, certain: draws.index(below: population.dimension), key: takes)
        let weight = knee_splat(family.weight)
        for block in 0..<population.blocks {
            let base = population[a, block]
            let step = knee_mul(weight, knee_sub(population[b, block], population[c, block]))
            let (low, high) = (population.lower[block], population.upper[block])
            var mutant = knee_add(base, step)
            let escaped = knee_outside(mutant, low, high)
            if knee_any(escaped) {
                let wall = knee_max(knee_min(mutant, high), low)
                let share = knee_uniform52(knee_splitmix(bounces, UInt64(block &* 8)))
                mutant = knee_select(escaped, knee_add(base, knee_mul(share, knee_sub(wall, base))), mutant)
                mutant = knee_max(knee_min(mutant, high), low)
            }
            points[row &* population.blocks &+ block] = crossover(block, mutant: mutant, parent: population[row, block])
        }
    }
}
