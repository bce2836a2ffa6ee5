import CSimd
import Inner

/// One running swarm of experts: swarm after swarm, in each of which iteration t moves by stream `.move` t, swarm.
///
/// A swarm begins by streams `.initial` swarm: 0 mixes, 1 chooses experts, 2 launches. Particles move when values have been
/// told; a generation shows those that are to be evaluated.
struct ExpertSwarmSearch: Search {
    private let family: ExpertSwarm
    private let stream: RandomStream
    private let hull: ExpertHull
    /// Blocks of eight a point takes, its groups side by side.
    private let blocks: Int
    /// Where particles are, how fast, and their bests: a padded row a group.
    private var positions: [Lanes]
    private var velocities: [Lanes]
    private var best: [Lanes]
    private var bestValues: [Double]
    /// The iterations in which they were found.
    private var bestIterations: [Int]
    /// g.
    private var leader: [Lanes]
    private var leaderValue = Double.infinity
    private var leaderIteration = 0
    private var worst: [Lanes]
    private var worstValue = -Double.infinity
    private var swarm = 0
    private var iteration = 0
    /// lambda.
    private var step = 0.0
    /// The particles of the generation.
    private var shown: [Int]

    /// - Parameter groups: of weights, each of which moves with factors of its own.
    init(_ family: ExpertSwarm, groups: Int = 1, in box: Box, stream: RandomStream) {
        self.family = family
        self.stream = stream
        hull = ExpertHull(in: box, groups: groups)
        blocks = blockCount(box.dimension)
        positions = Array(repeating: .zero, count: hull.rows(family.size).lowerBound)
        velocities = positions
        best = positions
        bestValues = Array(repeating: .infinity, count: family.size)
        bestIterations = Array(repeating: 0, count: family.size)
        leader = Array(repeating: .zero, count: hull.rows(0).count)
        worst = leader
        shown = Array(0..<family.size)
        begin(0)
    }

    var generationSize: Int { shown.count }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        for row in rows {
            for block in 0..<blocks {
                points[row &* blocks &+ block] = hull.packed(shown[row], of: positions, block: block)
            }
        }
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) {
        for row in shown.indices { remember(shown[row], value: values[row]) }
        repeat {
            if let patience = family.patience, age(leaderIteration) >= patience { return begin(swarm + 1) }
            advance()
        } while shown.isEmpty
    }

    private mutating func remember(_ particle: Int, value: Double) {
        if value < bestValues[particle] {
            (bestValues[particle], bestIterations[particle]) = (value, iteration)
            for row in hull.rows(particle) { best[row] = positions[row] }
        }
        if value < leaderValue {
            (leaderValue, leaderIteration) = (value, iteration)
            for (place, row) in hull.rows(particle).enumerated() { leader[place] = positions[row] }
        }
        if value > worstValue {
            worstValue = value
            for (place, row) in hull.rows(particle).enumerated() { worst[place] = positions[row] }
        }
    }

    /// Iterations since `found`, which is the first of them.
    private func age(_ found: Int) -> Int { iteration - found + 1 }

    // MARK: Moving

    /// Moves everybody, and chooses who is evaluated.
    private mutating func advance() {
        let moves = stream.split(.move, iteration, swarm)
        var common = RandomStream(seed: moves.key(of: family.size))
        let isSkipped = common.uniform() < family.skips.iterations
        shown.removeAll(keepingCapacity: true)
        for particle in 0..<family.size {
            var draws = RandomStream(seed: moves.key(of: particle))
            if age(bestIterations[particle]) >= family.restart { recall(particle) }
            for group in 0..<hull.groups { accelerate(particle, group, &draws) }
            hull.move(particle, of: &positions, by: step, &velocities)
            if !isSkipped, draws.uniform() >= family.skips.particles { shown.append(particle) }
        }
        step = max(family.steps.decay * step, family.steps.least)
        iteration += 1
    }

    /// Puts a particle at its best, where it stands still.
    private mutating func recall(_ particle: Int) {
        for row in hull.rows(particle) { (positions[row], velocities[row]) = (best[row], .zero) }
    }

    private mutating func accelerate(_ particle: Int, _ group: Int, _ draws: inout RandomStream) {
        let inertia = draws.uniform() * family.weights.inertia
        let cognitive = draws.uniform() * family.weights.cognitive
        let social = draws.uniform() * family.weights.social
        let repulsion = draws.uniform() * family.weights.repulsion
        // Four zeros are no direction.
        let sum = max(inertia + cognitive + social + repulsion, .leastNormalMagnitude)
        let (wv, wp) = (knee_splat(inertia / sum), knee_splat(cognitive / sum))
        let (wg, ww) = (knee_splat(social / sum), knee_splat(repulsion / sum))
        for (row, place) in zip(hull.rows(particle, group), hull.rows(0, group)) {
            let x = positions[row]
            let own = knee_add(knee_mul(wv, velocities[row]), knee_mul(wp, knee_sub(best[row], x)))
            let others = knee_add(
                knee_mul(wg, knee_sub(leader[place], x)), knee_mul(ww, knee_sub(x, worst[place])))
            velocities[row] = knee_add(own, others)
        }
    }

    // MARK: Beginning

    /// Begins a swarm that has found nothing yet. Experts are particles of the first one only: their values are known.
    private mutating func begin(_ swarm: Int) {
        (self.swarm, iteration, step) = (swarm, 0, family.steps.first)
        let experts = swarm == 0 ? placeExperts() : 0
        for particle in experts..<family.size { mix(particle, firstMixture: experts) }
        launch()
        for row in positions.indices { best[row] = positions[row] }
        for row in hull.rows(0) { leader[row] = positions[row] }
        (leaderValue, leaderIteration) = (.infinity, 0)
        shown.removeAll(keepingCapacity: true)
        for particle in 0..<family.size {
            (bestValues[particle], bestIterations[particle]) = (.infinity, 0)
            shown.append(particle)
        }
    }

    /// Makes the experts the first particles, in order, or as many of them as there are particles; returns their number.
    private mutating func placeExperts() -> Int {
        var experts = Array(0..<hull.experts)
        let count = min(hull.experts, family.size)
        var draws = stream.split(.initial, swarm, 1)
        for particle in 0..<count {
            if count < hull.experts {
                experts.swapAt(particle, particle + draws.index(below: hull.experts - particle))
            }
            for (place, row) in hull.rows(particle).enumerated() {
                positions[row] = hull.expert(experts[particle], row: place)
            }
        }
        return count
    }

    /// t a + (1 - t) b, as a step from b.
    private mutating func mix(_ particle: Int, firstMixture: Int) {
        var draws = RandomStream(seed: stream.split(.initial, swarm).key(of: particle))
        let extrapolates = family.mixtures == .extrapolated
        let parents = hull.experts + (extrapolates ? particle - firstMixture : 0)
        let a = draws.index(below: parents)
        let b = parents > 1 ? draws.index(below: parents, besides: a) : a
        for (place, row) in hull.rows(particle).enumerated() {
            let (first, second) = (parent(a, firstMixture, row: place), parent(b, firstMixture, row: place))
            (positions[row], velocities[row]) = (second, knee_sub(first, second))
        }
        let t = draws.uniform() * (extrapolates ? 2 : 1)
        hull.move(particle, of: &positions, by: t, &velocities)
    }

    /// Experts come before mixtures.
    private func parent(_ number: Int, _ firstMixture: Int, row: Int) -> Lanes {
        guard number >= hull.experts else { return hull.expert(number, row: row) }
        return positions[hull.rows(firstMixture &+ number &- hull.experts).lowerBound &+ row]
    }

    /// Velocities that lead to another particle; none if there is no other.
    private mutating func launch() {
        let launches = stream.split(.initial, swarm, 2)
        for particle in 0..<family.size {
            var draws = RandomStream(seed: launches.key(of: particle))
            let other = family.size > 1 ? draws.index(below: family.size, besides: particle) : particle
            for (here, there) in zip(hull.rows(particle), hull.rows(other)) {
                velocities[here] = knee_sub(positions[there], positions[here])
            }
        }
    }
}
