import Inner
import RealModule
import Strategies
import Support
import Testing

@Suite("Differential evolution")
struct DifferentialEvolutionTests {
    /// The generations of a search on a plateau, where every vector gives way to its rival.
    private func plateau(_ family: DifferentialEvolution, in box: Box, generations: Int) -> [[[Double]]] {
        var populations: [[[Double]]] = []
        walk(family, in: box, generations: generations, stream: RandomStream(seed: 5), value: { _ in 1 }) { _, points in
            populations.append((0..<family.size).map { points.span.coordinates(row: $0, dimension: box.dimension) })
        }
        return populations
    }

    /// Whether `rival` is a + F (b - c) of three other vectors; where that is outside the box, between a and the wall.
    private func isCombination(_ rival: [Double], of population: [[Double]], besides row: Int, weight: Double) -> Bool {
        let others = population.indices.filter { $0 != row }
        return others.contains { a in
            others.contains { b in
                others.contains { c in
                    Set([a, b, c]).count == 3
                        && rival.indices.allSatisfy { j in
                            let base = population[a][j]
                            let mutant = base + weight * (population[b][j] - population[c][j])
                            guard mutant.magnitude > 1 else { return rival[j] == mutant }
                            return (min(base, mutant)...max(base, mutant)).contains(rival[j])
                        }
                }
            }
        }
    }

    @Test("a rival is made of three other vectors; another weight would be noticed")
    func mutation() {
        let family = DifferentialEvolution(size: 6, weight: 0.7, crossover: 1)
        let populations = plateau(family, in: Box(-1...1, dimension: 4), generations: 30)
        var (right, twin) = (0, 0)
        for (population, rivals) in zip(populations, populations.dropFirst()) {
            for row in 0..<6 {
                if isCombination(rivals[row], of: population, besides: row, weight: 0.7) { right += 1 }
                if isCombination(rivals[row], of: population, besides: row, weight: 0.6) { twin += 1 }
            }
        }
        #expect(right == 29 * 6)
        #expect(twin < right / 2)
    }

    @Test("one coordinate is taken in any case and each other with probability CR; none in any case would be noticed")
    func crossover() {
        let (dimension, rate) = (8, 0.3)
        let family = DifferentialEvolution(size: 50, crossover: rate)
        let populations = plateau(family, in: Box(-1...1, dimension: dimension), generations: 60)
        var taken = Array(repeating: 0, count: dimension + 1)
        for (population, rivals) in zip(populations, populations.dropFirst()) {
            for (vector, rival) in zip(population, rivals) { taken[zip(vector, rival).count { $0 != $1 }] += 1 }
        }
        let count = Double(59 * 50)
        let sure = [0] + binomial(dimension - 1, rate)
        let bound = chiSquareBound(freedom: 4, falseAlarm: 1e-6)
        #expect(chiSquare(taken, count: count, sure) < bound)
        #expect(chiSquare(taken, count: count, binomial(dimension, rate)) > bound)
    }

    private func binomial(_ n: Int, _ p: Double) -> [Double] {
        var law = [1.0]
        for _ in 0..<n { law = zip(law + [0], [0] + law).map { (1 - p) * $0 + p * $1 } }
        return law
    }

    /// Of the numbers 0, 1, ... with all from 5 on in one cell, and 0 in that of 1.
    private func chiSquare(_ observed: [Int], count: Double, _ law: [Double]) -> Double {
        func cells<Number: AdditiveArithmetic>(_ numbers: [Number]) -> [Number] {
            [numbers[0] + numbers[1]] + numbers[2...4] + [numbers[5...].reduce(.zero, +)]
        }
        return Support.chiSquare(observed: cells(observed), expected: cells(law).map { $0 * count })
    }

    /// Average evaluations to 1e-6 of Storn & Price (1997), doi:10.1023/A:1008202821328, against medians: a population of 5
    /// sometimes stalls for ever, in every implementation.
    @Test(
        "the published evaluations are needed, within twice and half",
        arguments: [
            (ClassicProblem(.sphere, in: -5.12...5.12, dimension: 3), 5, 0.9, 0.1, 406.0),
            (ClassicProblem(.rosenbrock, in: -2.048...2.048, dimension: 2), 10, 0.9, 0.9, 654),
            (ClassicProblem(.griewank, in: -400...400, dimension: 10), 25, 0.5, 0.2, 12_752),
        ])
    func published(problem: ClassicProblem, size: Int, weight: Double, crossover: Double, evaluations: Double) {
        let family = DifferentialEvolution(size: size, weight: weight, crossover: crossover)
        let effort = Effort(family, on: problem, to: 1e-6, runs: 21, within: 40_000)
        #expect((0.5...2).contains(effort.median / evaluations))
    }
}
