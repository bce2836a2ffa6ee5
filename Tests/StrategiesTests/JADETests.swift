import Inner
import RealModule
import Strategies
import Support
import Testing

@Suite("JADE")
struct JADETests {
    private static let dimension = 40
    private static let size = 5

    /// A rival of a vector that never lost: its F, and how many coordinates it took from its mutant.
    private struct Rival {
        let weight: Double
        let taken: Int
    }

    /// Rivals of the first population, told that none is better: F and CR keep their first laws.
    private func rivals(generations: Int) -> [Rival] {
        let box = Box(-1...1, dimension: Self.dimension)
        var (population, rivals, told): ([[Double]], [Rival], Int) = ([], [], 0)
        let value = { (point: [Double]) -> Double in
            told += 1
            return told <= Self.size ? point[0] : .infinity
        }
        walk(
            .jade(size: Self.size), in: box, generations: generations, stream: RandomStream(seed: 6), value: value
        ) { generation, points in
            let rows = (0..<Self.size).map { points.span.coordinates(row: $0, dimension: Self.dimension) }
            guard generation > 0 else { return population = rows }
            rivals += rows.indices.compactMap { rival(rows[$0], of: $0, in: population) }
        }
        return rivals
    }

    /// Finds p, a and b for which every taken coordinate is x + F (p - x + a - b) with one F, or half-way to a wall.
    private func rival(_ rival: [Double], of row: Int, in population: [[Double]]) -> Rival? {
        let x = population[row]
        let taken = x.indices.filter { rival[$0] != x[$0] }
        let free = taken.filter { j in ![-1, 1].contains { rival[j] == 0.5 * x[j] + 0.5 * $0 } }
        guard free.count >= 2 else { return nil }
        let elite = population.indices.sorted { population[$0][0] < population[$1][0] }.prefix(2)
        for p in elite {
            for a in population.indices where a != row {
                for b in population.indices where b != row && b != a {
                    let weights = free.map { j in
                        (rival[j] - x[j]) / (population[p][j] - x[j] + population[a][j] - population[b][j])
                    }
                    guard weights[0] > 0, weights.allSatisfy({ ($0 - weights[0]).magnitude < 1e-9 }) else { continue }
                    return Rival(weight: weights[0], taken: taken.count)
                }
            }
        }
        return nil
    }

    @Test("F is Cauchy(0.5, 0.1) in (0, 1] and CR N(0.5, 0.1); a normal F and a fixed CR would be noticed")
    func firstLaws() {
        let generations = 800
        let rivals = rivals(generations: generations + 1)
        // All are explained but the few with hardly a coordinate from inside the box.
        #expect(rivals.count > generations * Self.size * 99 / 100)
        let inner = rivals.map(\.weight).filter { $0 < 1 - 1e-9 }
        let cauchy = { (x: Double) in 0.5 + .atan((x - 0.5) / 0.1) / .pi }
        let bound = kolmogorovSmirnovBound(count: inner.count, falseAlarm: 1e-6)
        let cdf = { (x: Double) in (cauchy(x) - cauchy(0)) / (cauchy(1) - cauchy(0)) }
        #expect(kolmogorovSmirnovDistance(inner, cdf: cdf) < bound)
        #expect(kolmogorovSmirnovDistance(inner) { normalCDF(($0 - 0.5) / 0.1) } > bound)
        let (count, atOne) = (Double(rivals.count), (1 - cauchy(1)) / (1 - cauchy(0)))
        let deviation = (count * atOne * (1 - atOne)).squareRoot() * deviationBound(falseAlarm: 1e-6)
        #expect((count - Double(inner.count) - count * atOne).magnitude < deviation)
        // taken - 1 is binomial of 39 given CR: variance 39 E[CR (1 - CR)] + 39^2 0.1^2, about 24.6; 9.75 if CR is 0.5.
        let taken = rivals.map { Double($0.taken - 1) }
        let mean = taken.reduce(0, +) / count
        let variance = taken.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        #expect((mean - 19.5).magnitude < deviationBound(falseAlarm: 1e-6) * (24.57 / count).squareRoot())
        // Nearly normal, whose variance has the relative deviation sqrt(2 / n); twice that, to be safe.
        #expect((variance / 24.57 - 1).magnitude < 2 * deviationBound(falseAlarm: 1e-6) * (2 / count).squareRoot())
    }

    /// Means of Zhang & Sanderson (2009), doi:10.1109/TEVC.2009.2014613, JADE with archive, 100 vectors, 30 dimensions; what
    /// it reached after so many generations.
    @Test(
        "the published means are reached after the published generations, within a third",
        arguments: [
            (ClassicProblem(.sphere, in: -100...100, dimension: 30), 1.3e-54, 1500.0),
            (ClassicProblem(.rastrigin, in: -5.12...5.12, dimension: 30), 1.4e-4, 1000),
            (ClassicProblem(.ackley, in: -32...32, dimension: 30), 3.0e-9, 500),
        ])
    func published(problem: ClassicProblem, mean: Double, generations: Double) {
        let effort = Effort(.jade(size: 100), on: problem, to: mean, runs: 5, within: 250_000)
        #expect((0.75...1.33).contains(effort.median / (100 * generations)))
    }

    /// 0.32 is the mean of runs most of which find the least value and few the local minimum, 3.99.
    @Test("most searches of Rosenbrock's function find its least value within the published 3000 generations")
    func rosenbrock() {
        let problem = ClassicProblem(.rosenbrock, in: -30...30, dimension: 30)
        #expect(Effort(.jade(size: 100), on: problem, to: 0, runs: 3, within: 300_000).medianBest < 1e-20)
    }
}
