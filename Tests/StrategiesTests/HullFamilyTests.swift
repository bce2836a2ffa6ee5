import AllocationCounter
import Inner
import RealModule
import Strategies
import Support
import Testing

/// The first points of a search of the mixtures of `experts` experts, told `value` of each, in order.
private func points(
    _ family: any SearchFamily, count: Int, experts: Int, seed: Int, reach: Double = 10,
    value: ([Double]) -> Double = { _ in 0 }
) -> [[Double]] {
    let box = ExpertSwarm.box(experts: experts, reach: reach)
    // No generation is smaller than the first.
    let size = family.makeSearch(in: box, horizon: 0, stream: RandomStream(seed: 0)).generationSize
    let played = generations(of: family, in: box, count: (count + size - 1) / size, seed: seed, value: value)
    return Array(played.joined().prefix(count))
}

private func squaredDistance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
}

@Suite("Random and CMA-ES mixtures of experts")
struct HullFamilyTests {
    @Test(
        "keep the promises of a family, and coefficients that add up to 1",
        arguments: [.hullRandom, .hullCMAES(), .hullCMAES(size: 6, spread: 3)] as [any SearchFamily])
    func contract(family: any SearchFamily) {
        let boxes = [(2, 10), (3, 0.2), (8, 10), (9, 0), (13, 0.2)]
        expectContract(of: family, in: boxes.map { ExpertSwarm.box(experts: $0, reach: $1) })
        for (experts, reach) in boxes + [(1, 10), (40, 0), (40, 10)] {
            let plateau = points(family, count: 500, experts: experts, seed: 1, reach: reach)
            #expect(plateau.allSatisfy { ($0.reduce(0, +) - 1).magnitude < 1e-12 }, "\(experts) in \(reach)")
        }
        #expect(points(family, count: 40, experts: 1, seed: 1) == Array(repeating: [1], count: 40))
    }

    @Test("no generation allocates", .enabled(if: allocation_counter_works(), "allocations are counted on Linux"))
    func allocations() {
        for family in [.hullRandom, .hullCMAES()] as [any SearchFamily] {
            let metered = MeteredProblem(BowlProblem(dimension: 10), from: 100, to: 500)
            _ = run(
                family, on: metered, budget: 600, checkpoints: CheckpointGrid(first: 32), stream: RandomStream(seed: 1))
            #expect(metered.allocations == 0, "\(family.name)")
        }
    }

    // MARK: Random mixtures

    @Test("are uniform on the simplex; normalised uniform numbers would be noticed", arguments: [2, 5, 9])
    func dirichlet(experts: Int) {
        let sample = points(.hullRandom, count: 4000, experts: experts, seed: 3)
        #expect(sample.allSatisfy { $0.allSatisfy { (0...1).contains($0) } })
        var chance = RandomStream(seed: 4)
        let twin = sample.map { _ in
            let numbers = (0..<experts).map { _ in chance.uniform() }
            return numbers.map { $0 / numbers.reduce(0, +) }
        }
        let bound = kolmogorovSmirnovBound(count: sample.count, falseAlarm: 1e-6)
        let others = Double(experts - 1)
        // Beta(1, k - 1), and of two coefficients together Beta(2, k - 2).
        for column in 0..<experts {
            func distance(_ sample: [[Double]]) -> Double {
                kolmogorovSmirnovDistance(sample.map { $0[column] }) { 1 - Double.pow(1 - $0, others) }
            }
            #expect(distance(sample) < bound && distance(twin) > bound)
        }
        guard experts > 2 else { return }
        for column in 1..<experts {
            func distance(_ sample: [[Double]]) -> Double {
                kolmogorovSmirnovDistance(sample.map { $0[column - 1] + $0[column] }) {
                    1 - Double.pow(1 - $0, others - 1) * (1 + (others - 1) * $0)
                }
            }
            #expect(distance(sample) < bound && distance(twin) > bound)
        }
    }

    // MARK: CMA-ES

    @Test("the basis is orthonormal, adds up to 0, and leads there and back", arguments: [1, 2, 3, 10, 40])
    func basis(size: Int) {
        let basis = HelmertBasis(size: size)
        func expand(_ u: [Double]) -> [Double] {
            var x = [Double](repeating: .nan, count: size)
            basis.expand {
                u[$0]
            } _: {
                x[$0] = $1
            }
            return x
        }
        let units = (0..<size - 1).map { i in (0..<size - 1).map { $0 == i ? 1.0 : 0 } }
        let axes = units.map(expand)
        for (i, axis) in axes.enumerated() {
            #expect(axis.reduce(0, +).magnitude < 1e-14)
            for (j, other) in axes.enumerated() {
                let product = zip(axis, other).reduce(0) { $0 + $1.0 * $1.1 }
                #expect((product - (i == j ? 1 : 0)).magnitude < 1e-14)
            }
            #expect(squaredDistance(basis.coordinates(of: axis), units[i]) < 1e-28)
        }
    }

    @Test(
        "begins about the uniform mixture, no expert before another; a basis that is not orthonormal would be noticed")
    func exchangeable() {
        let (k, spread) = (5, 0.8)
        let first = (0..<250).flatMap { points(.hullCMAES(size: 8, spread: spread), count: 8, experts: k, seed: $0) }
        let deviation = spread / Double(k).squareRoot() * (1 - 1 / Double(k)).squareRoot()
        let bound = kolmogorovSmirnovBound(count: first.count, falseAlarm: 1e-6)
        func distances(_ sample: [[Double]]) -> [Double] {
            (0..<k).map { expert in
                kolmogorovSmirnovDistance(sample.map { ($0[expert] - 0.2) / deviation }, cdf: normalCDF)
            }
        }
        var chance = RandomStream(seed: 5)
        let twin = first.map { _ in
            let free = (1..<k).map { _ in deviation * chance.normal() }
            return free.map { 0.2 + $0 } + [0.2 - free.reduce(0, +)]
        }
        #expect(distances(first).allSatisfy { $0 < bound })
        #expect(distances(twin).contains { $0 > bound })
    }

    /// Evaluations until a mixture is within `distance` of the planted one; nil if none of `limit` is.
    private func effort(
        _ family: any SearchFamily, planted: [Double], distance: Double, limit: Int, reach: Double = 10, seed: Int
    ) -> Int? {
        points(family, count: limit, experts: planted.count, seed: seed, reach: reach) {
            squaredDistance($0, planted)
        }.firstIndex { squaredDistance($0, planted) < distance * distance }
    }

    /// Half of the experts, or all, or one, mixed at random.
    private func planted(experts: Int, taking part: Int, seed: Int) -> [Double] {
        let mixture = points(.hullRandom, count: 1, experts: part, seed: 100 + seed)[0]
        return mixture + Array(repeating: 0, count: experts - part)
    }

    @Test(
        "CMA-ES finds what is planted inside, on a face and at a corner of the hull; random mixtures do not come near",
        arguments: [4, 6, 10])
    func finds(experts: Int) {
        for part in [experts, experts / 2, 1] {
            for seed in 0..<5 {
                let target = planted(experts: experts, taking: part, seed: seed)
                for reach in [0.5, 10] {
                    let found = effort(
                        .hullCMAES(), planted: target, distance: 1e-3, limit: 150 * experts, reach: reach, seed: seed)
                    #expect(found != nil, "\(experts), \(part), \(reach), \(seed)")
                }
                // Less than 2e-8 of four experts' simplex is so near.
                #expect(effort(.hullRandom, planted: target, distance: 1e-3, limit: 2000, seed: seed) == nil)
            }
        }
    }

    @Test("and along two experts, which is a search of one coordinate, within 100 evaluations")
    func twoExperts() {
        for seed in 0..<20 {
            let target = planted(experts: 2, taking: 2, seed: seed)
            #expect(effort(.hullCMAES(), planted: target, distance: 1e-3, limit: 100, seed: seed) != nil)
        }
    }
}
