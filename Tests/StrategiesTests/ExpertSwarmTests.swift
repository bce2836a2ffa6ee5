import AllocationCounter
import Inner
import Strategies
import Support
import Testing

/// The generations of a swarm of `experts` experts, told `value` of every point.
private func generations(
    _ family: ExpertSwarm, experts: Int, count: Int, reach: Double = 10, horizon: Int = 1000, seed: UInt64 = 1,
    rowsAtOnce: Int = .max, value: (_ point: [Double], _ generation: Int, _ row: Int) -> Double
) -> [[[Double]]] {
    let box = ExpertSwarm.box(experts: experts, reach: reach)
    var search = family.makeSearch(in: box, horizon: horizon, stream: RandomStream(seed: seed))
    return (0..<count).map { generation in
        let size = search.generationSize
        var rows = [Lanes](repeating: .zero, count: size * blockCount(experts))
        var span = rows.mutableSpan
        for first in stride(from: 0, to: size, by: min(rowsAtOnce, size)) {
            search.ask(first..<min(first + min(rowsAtOnce, size), size), into: &span)
        }
        #expect(paddingIsZero(rows, dimension: experts))
        let points = (0..<size).map { rows.span.coordinates(row: $0, dimension: experts) }
        let values = points.enumerated().map { value($1, generation, $0) }
        search.tell(rows.span, values: values.span)
        return points
    }
}

private func difference(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }
private func largest(_ a: [Double]) -> Double { a.reduce(0) { max($0, $1.magnitude) } }
private func isNear(_ a: [Double], _ b: [Double]) -> Bool { largest(difference(a, b)) < 1e-12 }

/// `count` models of `weights` normal weights.
private func randomModels(_ count: Int, weights: Int, seed: UInt64) -> [[Double]] {
    var draws = RandomStream(seed: seed)
    return (0..<count).map { _ in (0..<weights).map { _ in draws.normal() } }
}

private func mixture(_ experts: [[Double]], _ coefficients: [Double]) -> [Double] {
    zip(coefficients, experts).reduce(into: experts[0].map { _ in 0 }) { sum, part in
        for j in 0..<sum.count { sum[j] += part.0 * part.1[j] }
    }
}

/// How far a model lies from the affine hull of the experts: the norm of what is left of it by least squares.
private func distance(_ model: [Double], fromHullOf experts: [[Double]]) -> Double {
    var basis: [[Double]] = []
    func residual(_ model: [Double]) -> [Double] {
        (basis + basis).reduce(model) { rest, axis in
            let along = zip(rest, axis).reduce(0) { $0 + $1.0 * $1.1 }
            return zip(rest, axis).map { $0 - along * $1 }
        }
    }
    func norm(_ model: [Double]) -> Double { model.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    for expert in experts.dropFirst() {
        let rest = residual(difference(expert, experts[0]))
        basis.append(rest.map { $0 / norm(rest) })
    }
    return norm(residual(difference(model, experts[0])))
}

@Suite("A swarm of experts")
struct ExpertSwarmTests {
    /// What a search is told.
    private enum Told: CaseIterable {
        case bowl, nothing, plateau, slope, holes

        func value(_ point: [Double], row: Int) -> Double {
            switch self {
            case .bowl: point.enumerated().reduce(0) { $0 + ($1.element - 0.1 * Double($1.offset)) * $1.element }
            case .nothing: .infinity
            case .plateau: 1
            case .slope: point[0]
            case .holes: row.isMultiple(of: 3) ? .infinity : point[0] * point[0]
            }
        }
    }

    @Test(
        "coefficients stay in their box and add up to 1, whatever the search is told, asked or given to spend",
        arguments: [1, 2, 5, 9])
    func contract(experts: Int) {
        let skips = ExpertSwarm.Skips(iterations: 0.3, particles: 0.4)
        for size in [1, 8] {
            for (family, reach) in [
                (ExpertSwarm(size: size, patience: 10), 10.0),
                (ExpertSwarm(size: size, mixtures: .extrapolated, skips: skips), 0.2),
                (ExpertSwarm(size: size, weights: .init(repulsion: 3)), 1),
            ] {
                for told in Told.allCases {
                    func play(seed: UInt64 = 7, rowsAtOnce: Int = .max, horizon: Int = 1000) -> [[[Double]]] {
                        generations(
                            family, experts: experts, count: 25, reach: reach, horizon: horizon, seed: seed,
                            rowsAtOnce: rowsAtOnce
                        ) { point, _, row in told.value(point, row: row) }
                    }
                    let whole = play()
                    let points = whole.flatMap { $0 }
                    let box = ExpertSwarm.box(experts: experts, reach: reach)
                    #expect(points.allSatisfy(box.contains))
                    #expect(points.allSatisfy { ($0.reduce(0, +) - 1).magnitude < 1e-12 })
                    #expect(play(rowsAtOnce: 3, horizon: 1_000_000) == whole)
                    let isStuck = experts == 1 || size == 1 && family.patience == nil
                    #expect(isStuck || play(seed: 8) != whole)
                }
            }
        }
    }

    @Test("they still add up to 1 after 10,000 generations of one swarm")
    func noDrift() {
        let family = ExpertSwarm(size: 8, mixtures: .extrapolated)
        let long = generations(family, experts: 10, count: 10_000) { point, _, row in Told.bowl.value(point, row: row) }
        #expect(long.allSatisfy { $0.allSatisfy { ($0.reduce(0, +) - 1).magnitude < 1e-12 } })
    }

    @Test("a longer search begins with the shorter one")
    func prefixes() {
        let problem = BowlProblem(dimension: 4)
        let short = run(.expertSwarm(), on: problem, budget: 500, stream: RandomStream(seed: 3))
        let long = run(.expertSwarm(), on: problem, budget: 1000, stream: RandomStream(seed: 3))
        let shared = short.trace.checkpoints.filter { $0.evaluations < 500 }
        #expect(Array(long.trace.checkpoints.prefix(shared.count)) == shared)
    }

    // MARK: Coefficient space

    @Test(
        "moving coefficients is moving whole models, which stay in the hull; a factor for every weight would leave it",
        arguments: zip(
            [2, 3, 5, 10], [ExpertSwarm.Mixtures.extrapolated, .interpolated, .interpolated, .extrapolated]))
    func coefficientSpace(count: Int, mixtures: ExpertSwarm.Mixtures) {
        let experts = randomModels(count, weights: 200, seed: UInt64(count))
        let target = randomModels(1, weights: 200, seed: 99)[0]
        func value(_ model: [Double]) -> Double { difference(model, target).reduce(0) { $0 + $1 * $1 } }
        let family = ExpertSwarm(mixtures: mixtures)
        let stream = RandomStream(seed: 1)
        var whole = WeightSwarm(family, experts: experts, stream: stream, value: value)
        var twin = WeightSwarm(family, experts: experts, stream: stream, factorsAreOfWeights: true, value: value)
        var (furthest, outside) = (0.0, 0.0)
        _ = generations(family, experts: count, count: 51, reach: 1e3) { point, generation, row in
            if row == 0, generation > 0 {
                whole.iterate(value: value)
                twin.iterate(value: value)
            }
            let model = mixture(experts, point)
            furthest = max(furthest, largest(difference(model, whole.models[row])))
            if generation == 50 { outside = max(outside, distance(whole.models[row], fromHullOf: experts)) }
            return value(model)
        }
        #expect(furthest < 1e-9)
        #expect(outside < 1e-9)
        #expect(twin.models.allSatisfy { distance($0, fromHullOf: experts) > 1e-3 })
    }

    // MARK: The first particles

    @Test("the experts are the first particles, and with fewer particles some of them are")
    func experts() {
        let first = generations(ExpertSwarm(size: 9), experts: 5, count: 1) { _, _, _ in 1 }[0]
        let units = (0..<5).map { expert in (0..<5).map { $0 == expert ? 1.0 : 0 } }
        #expect(Array(first.prefix(5)) == units && first.count == 9)
        var chosen: Set<[Double]> = []
        for seed in 0..<40 {
            let few = generations(ExpertSwarm(size: 3), experts: 5, count: 1, seed: UInt64(seed)) { _, _, _ in 1 }[0]
            #expect(Set(few).count == 3 && few.allSatisfy(units.contains))
            chosen.formUnion(few)
        }
        // One of five is left out 40 times with probability 5 (2/5)^40 < 1e-14.
        #expect(chosen.count == 5)
    }

    @Test("a mixture lies uniformly between two experts; beyond them would be noticed")
    func interpolation() {
        func largerShares(_ mixtures: ExpertSwarm.Mixtures) -> [Double] {
            (0..<400).map { seed in
                let family = ExpertSwarm(size: 5, mixtures: mixtures)
                let child = generations(family, experts: 4, count: 1, seed: UInt64(seed)) { _, _, _ in 1 }[0][4]
                #expect(child.count { $0 != 0 } == 2)
                return child.reduce(-.infinity, max)
            }
        }
        let uniform = { (share: Double) in min(max(2 * share - 1, 0), 1) }
        let bound = kolmogorovSmirnovBound(count: 400, falseAlarm: 1e-6)
        #expect(kolmogorovSmirnovDistance(largerShares(.interpolated), cdf: uniform) < bound)
        #expect(kolmogorovSmirnovDistance(largerShares(.extrapolated), cdf: uniform) > bound)
    }

    @Test(
        "an extrapolated mixture lies on the line through two earlier particles, at most as far beyond one as between")
    func extrapolation() {
        for seed: UInt64 in 0..<20 {
            let family = ExpertSwarm(size: 9, mixtures: .extrapolated)
            let first = generations(family, experts: 5, count: 1, seed: seed) { _, _, _ in 1 }[0]
            for child in 5..<9 {
                let parents = (0..<child).flatMap { a in (0..<child).map { (a, $0) } }.filter { $0 != $1 }
                #expect(
                    parents.contains { a, b in
                        let line = difference(first[a], first[b])
                        let from = difference(first[child], first[b])
                        let t =
                            zip(from, line).reduce(0) { $0 + $1.0 * $1.1 } / line.reduce(0) { $0 + $1 * $1 }
                        return (0..<2).contains(t) && isNear(from, line.map { t * $0 })
                    })
            }
        }
    }

    // MARK: Moving

    /// A swarm that only drifts: velocities stay as they are.
    private static func drifting(
        _ steps: ExpertSwarm.Steps, size: Int = 6, restart: Int = .max, skips: ExpertSwarm.Skips = .init()
    ) -> ExpertSwarm {
        ExpertSwarm(
            size: size, weights: .init(inertia: 1, cognitive: 0, social: 0, repulsion: 0), steps: steps,
            restart: restart, skips: skips)
    }

    @Test("the first velocity leads to another particle, and steps shorten by lambda down to the least")
    func steps() {
        let family = Self.drifting(.init(first: 0.8, decay: 0.95, least: 0.1))
        let drift = generations(family, experts: 3, count: 60, reach: 1e3) { point, _, _ in point[0] }
        for particle in 0..<6 {
            let velocity = difference(drift[1][particle], drift[0][particle]).map { $0 / 0.8 }
            let others = drift[0].indices.filter { $0 != particle }
            #expect(others.contains { isNear(velocity, difference(drift[0][$0], drift[0][particle])) })
            var lambda = 0.8
            for (before, after) in zip(drift, drift.dropFirst()) {
                #expect(isNear(difference(after[particle], before[particle]), velocity.map { lambda * $0 }))
                lambda = max(0.95 * lambda, 0.1)
            }
            #expect(lambda == 0.1)
        }
    }

    @Test("a step that leaves the box ends at the wall, in its direction, and so does the velocity")
    func walls() {
        let family = Self.drifting(.init(first: 1, decay: 1))
        let points = generations(family, experts: 3, count: 4, reach: 0.1) { _, _, _ in 1 }
        var stopped = 0
        for particle in 0..<6 {
            let velocity = difference(points[1][particle], points[0][particle])
            let step = difference(points[2][particle], points[1][particle])
            let share = zip(step, velocity).reduce(0) { $0 + $1.0 * $1.1 } / velocity.reduce(0) { $0 + $1 * $1 }
            #expect(isNear(step, velocity.map { share * $0 }) && share >= 0 && share < 1 + 1e-12)
            guard share < 1 - 1e-9 else { continue }
            stopped += 1
            #expect(points[2][particle].contains { ($0 + 0.1).magnitude < 1e-12 || ($0 - 1.1).magnitude < 1e-12 })
            #expect(isNear(points[3][particle], points[2][particle]))
        }
        #expect(stopped > 0)
    }

    @Test("a particle flees from the worst of all evaluations; the worst of the last generation would be noticed")
    func worst() {
        let flight = ExpertSwarm.Weights(inertia: 0, cognitive: 0, social: 0, repulsion: 1)
        let family = ExpertSwarm(
            size: 6, weights: flight, steps: .init(first: 0.5, decay: 1), restart: .max)
        // The worst: particle 2 at first, then nobody worse, then particle 4, as bad as it, then particle 5.
        let marked = [2: 9.0, 6 + 3: 8, 12 + 4: 9, 18 + 5: 10]
        let points = generations(family, experts: 4, count: 6, reach: 1e3) { _, generation, row in
            marked[6 * generation + row] ?? 1
        }
        let worst = [points[0][2], points[0][2], points[0][2], points[3][5], points[3][5]]
        for generation in 0..<5 {
            for (before, after) in zip(points[generation], points[generation + 1]) {
                let flight = difference(before, worst[generation]).map { 0.5 * $0 }
                #expect(largest(difference(difference(after, before), flight)) < 1e-11)
            }
        }
        #expect(!isNear(points[1][3], points[0][2]))
    }

    @Test(
        "after c_r iterations, that of its best included, a particle is at its best and stands still, again and again")
    func restart() {
        let family = Self.drifting(.init(first: 0.5, decay: 1), restart: 4)
        let points = generations(family, experts: 3, count: 12, reach: 1e3) { _, generation, row in
            row == 1 && generation == 2 ? 0 : 1
        }
        for particle in 0..<6 {
            let found = particle == 1 ? 2 : 0
            for generation in found + 1..<12 {
                #expect((points[generation][particle] == points[found][particle]) == (generation >= found + 4))
            }
        }
    }

    @Test("when patience is at its end a fresh swarm of mixtures begins, and none before, nor ever without patience")
    func patience() {
        func isFresh(_ points: [[Double]]) -> Bool {
            points.count { $0.count { $0 != 0 } <= 2 && $0.allSatisfy { (0...1).contains($0) } } == 20
        }
        let plateau = generations(ExpertSwarm(patience: 5), experts: 6, count: 16) { _, _, _ in 1 }
        for (generation, points) in plateau.enumerated() { #expect(isFresh(points) == generation.isMultiple(of: 5)) }
        let endless = generations(ExpertSwarm(), experts: 6, count: 60) { _, _, _ in 1 }
        for (generation, points) in endless.enumerated() { #expect(isFresh(points) == (generation == 0)) }
        #expect(plateau[5] != plateau[10])
        let improving = generations(ExpertSwarm(patience: 5), experts: 6, count: 16) { _, generation, _ in
            -Double(generation / 4)
        }
        #expect(improving.dropFirst().allSatisfy { $0.contains { point in point.count { $0 != 0 } > 2 } })
    }

    // MARK: Left-out evaluations

    @Test("particles are skipped at their rate; a rate of a sixth more would be noticed")
    func skippedParticles() {
        let family = ExpertSwarm(skips: .init(particles: 0.3))
        let sizes = generations(family, experts: 3, count: 401) { point, _, _ in point[0] * point[0] }.map(\.count)
        #expect(sizes[0] == 20)
        let trials = 8000.0
        let share = Double(sizes.dropFirst().reduce(0, +)) / trials
        let bound = deviationBound(falseAlarm: 1e-6) * (0.3 * 0.7 / trials).squareRoot()
        #expect((share - 0.7).magnitude < bound)
        #expect((share - 0.65).magnitude > bound)
    }

    @Test("iterations are skipped at their rate while particles move; a rate of a fifth more would be noticed")
    func skippedIterations() {
        let steps = ExpertSwarm.Steps(first: 0.1, decay: 1, least: 0.1)
        let family = Self.drifting(steps, size: 2, skips: .init(iterations: 0.5))
        let shown = 2000
        let points = generations(family, experts: 2, count: shown + 1, reach: 1e4) { _, _, _ in 1 }
        // The first particle drifts from (1, 0) to where the other one began, (0, 1), and further, a tenth at a time.
        let iterations = points[shown][0][1] / 0.1
        // Iterations to so many that are shown: n / (1 - q) in the mean, and n q / (1 - q)^2 their variance.
        func deviations(_ q: Double) -> Double {
            let n = Double(shown)
            return (iterations - n / (1 - q)).magnitude / ((n * q).squareRoot() / (1 - q))
        }
        #expect(deviations(0.5) < deviationBound(falseAlarm: 1e-6))
        #expect(deviations(0.6) > deviationBound(falseAlarm: 1e-6))
    }

    // MARK: Finding

    @Test("finds better than the best expert and than every first mixture, in each of 20 pools")
    func finds() {
        for pool in 0..<20 {
            let target = randomModels(1, weights: 4, seed: UInt64(pool))[0].map { 0.2 + 0.3 * $0 }
            let planted = target + [1 - target.reduce(0, +)]
            var (first, last) = (Double.infinity, Double.infinity)
            _ = generations(ExpertSwarm(), experts: 5, count: 20, seed: UInt64(pool)) { point, generation, _ in
                let value = difference(point, planted).reduce(0) { $0 + $1 * $1 }
                if generation == 0 { first = min(first, value) }
                last = min(last, value)
                return value
            }
            #expect(last < first / 2, "\(pool): \(first), then \(last)")
        }
    }

    @Test(
        "no generation allocates, nor does a fresh swarm",
        .enabled(if: allocation_counter_works(), "allocations are counted on Linux without sanitizers"))
    func allocations() {
        let metered = MeteredProblem(BowlProblem(dimension: 10), from: 500, to: 20_000)
        _ = run(
            .expertSwarm(size: 20, patience: 3), on: metered, budget: 21_000, checkpoints: CheckpointGrid(first: 32),
            stream: RandomStream(seed: 1))
        #expect(metered.allocations == 0)
    }
}
