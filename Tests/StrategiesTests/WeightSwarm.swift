import Inner
import Strategies

/// A swarm of experts as it is written down: particles are whole models, moved weight by weight, without walls or patience.
struct WeightSwarm {
    let family: ExpertSwarm
    let stream: RandomStream
    /// Draws factors for every weight instead of one for all of a model.
    let factorsAreOfWeights: Bool
    private(set) var models: [[Double]]
    private var velocities: [[Double]] = []
    private var best: [[Double]]
    private var values: [Double]
    private var found: [Int]
    private var iteration = 0
    private var leader: (model: [Double], value: Double)
    private var worst: (model: [Double], value: Double)

    /// - Precondition: the family has more particles than there are experts.
    init(
        _ family: ExpertSwarm, experts: [[Double]], stream: RandomStream, factorsAreOfWeights: Bool = false,
        value: ([Double]) -> Double
    ) {
        (self.family, self.stream, self.factorsAreOfWeights) = (family, stream, factorsAreOfWeights)
        var models = experts
        while models.count < family.size {
            var draws = RandomStream(seed: stream.split(.initial).key(of: models.count))
            let extrapolates = family.mixtures == .extrapolated
            let parents = extrapolates ? models.count : experts.count
            let first = draws.index(below: parents)
            let second = Self.other(than: first, of: parents, &draws)
            let t = draws.uniform() * (extrapolates ? 2 : 1)
            models.append(zip(models[first], models[second]).map { t * $0 + (1 - t) * $1 })
        }
        for particle in models.indices {
            var draws = RandomStream(seed: stream.split(.initial, 0, 2).key(of: particle))
            let other = Self.other(than: particle, of: models.count, &draws)
            velocities.append(zip(models[other], models[particle]).map { $0 - $1 })
        }
        let values = models.map(value)
        (self.models, best, self.values, found) = (models, models, values, models.map { _ in 0 })
        let order = models.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        leader = (models[order[0]], values[order[0]])
        worst = (models[order[order.count - 1]], values[order[order.count - 1]])
    }

    private static func other(than one: Int, of count: Int, _ draws: inout RandomStream) -> Int {
        while true {
            let drawn = draws.index(below: count)
            if drawn != one { return drawn }
        }
    }

    mutating func iterate(value: ([Double]) -> Double) {
        var lambda = family.steps.first
        for _ in 0..<iteration { lambda = max(lambda * family.steps.decay, family.steps.least) }
        for particle in models.indices { move(particle, by: lambda) }
        iteration += 1
        let new = models.map(value)
        for particle in models.indices {
            if new[particle] < values[particle] {
                (best[particle], values[particle], found[particle]) = (models[particle], new[particle], iteration)
            }
            if new[particle] < leader.value { leader = (models[particle], new[particle]) }
            if new[particle] > worst.value { worst = (models[particle], new[particle]) }
        }
    }

    private mutating func move(_ particle: Int, by lambda: Double) {
        var draws = RandomStream(seed: stream.split(.move, iteration).key(of: particle))
        if iteration + 1 - found[particle] >= family.restart {
            models[particle] = best[particle]
            velocities[particle] = models[particle].map { _ in 0 }
        }
        var (model, velocity) = (models[particle], velocities[particle])
        let (p, g, w) = (best[particle], leader.model, worst.model)
        var factors = Factors(family.weights, &draws)
        for j in 0..<model.count {
            let x = model[j]
            velocity[j] = factors.velocity(velocity[j], toBest: p[j] - x, toLeader: g[j] - x, fromWorst: x - w[j])
            model[j] += lambda * velocity[j]
            if factorsAreOfWeights { factors = Factors(family.weights, &draws) }
        }
        (models[particle], velocities[particle]) = (model, velocity)
    }

    private struct Factors {
        let own, best, leader, worst: Double

        init(_ phi: ExpertSwarm.Weights, _ draws: inout RandomStream) {
            own = phi.inertia * draws.uniform()
            best = phi.cognitive * draws.uniform()
            leader = phi.social * draws.uniform()
            worst = phi.repulsion * draws.uniform()
        }

        func velocity(_ v: Double, toBest: Double, toLeader: Double, fromWorst: Double) -> Double {
            (own * v + best * toBest + leader * toLeader + worst * fromWorst) / (own + best + leader + worst)
        }
    }
}
