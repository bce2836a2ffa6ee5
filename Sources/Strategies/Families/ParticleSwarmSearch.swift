import CSimd
import Inner

/// One running swarm. Generation g draws from stream `.move` g, so nothing depends on what was drawn before it.
struct ParticleSwarmSearch: Search {
    private let family: ParticleSwarm
    private let stream: RandomStream
    private var swarm: Swarm
    private var velocities: [Lanes]
    private var progress: Progress
    private let here: InitialPoints
    private let there: InitialPoints
    private var generation = 0
    private var redraws = 0

    init(_ family: ParticleSwarm, in box: Box, horizon: Int, stream: RandomStream) {
        self.family = family
        self.stream = stream
        (here, there) = (InitialPoints(in: box, stream: stream), InitialPoints(in: box, stream: stream, 1))
        swarm = Swarm(size: family.size, box: box)
        velocities = Array(repeating: .zero, count: family.size * swarm.blocks)
        progress = Progress(evaluations: 0, stagnation: 0, dimension: box.dimension, horizon: horizon)
        connect()
    }

    var generationSize: Int { family.size }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        var velocities: [Lanes] = []
        swap(&velocities, &self.velocities)  // lent, not copied
        var speeds = velocities.mutableSpan
        if generation == 0 {
            scatter(rows, &points, &speeds)
        } else {
            move(rows, &points, &speeds)
        }
        swap(&velocities, &self.velocities)
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) {
        if generation == 0 { swarm.adopt(points) }
        let improved = swarm.remember(points, values: values)
        generation += 1
        progress.evaluations += family.size
        progress.stagnation = improved ? 0 : progress.stagnation + 1
        if !improved, family.topology.isRedrawn { connect() }
        swarm.consult()
    }

    /// Moves and confines a few particles at a time, whose rows stay in the nearest cache in between.
    private func move(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>
    ) {
        let weight = family.inertia.weight(at: progress)
        let (moves, confines) = (stream.split(.move, generation), stream.split(.confine, generation))
        var first = particles.lowerBound
        while first < particles.upperBound {
            let few = first..<min(first + swarm.flock, particles.upperBound)
            family.rule.move(few, &positions, &velocities, of: swarm, inertia: weight, draws: moves)
            family.boundary.confine(few, &positions, &velocities, of: swarm, draws: confines)
            stopCreeping(few, &velocities, width: swarm.width.span, generation: generation)
            first = few.upperBound
        }
    }

    private mutating func connect() {
        var draws = stream.split(.topology, redraws)
        family.topology.connect(&swarm.informants, using: &draws)
        redraws += 1
    }

    /// Positions uniform in the box; a velocity that leads half-way to another uniform point (SPSO 2007), or as far as the
    /// family says.
    ///
    /// - SeeAlso: Clerc (2012), Standard Particle Swarm Optimisation, hal-00764996
    private func scatter(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>
    ) {
        let launch = knee_splat(family.launch)
        for particle in particles {
            let (hereKey, thereKey) = (here.key(particle), there.key(particle))
            for block in 0..<swarm.blocks {
                let row = particle * swarm.blocks + block
                let x = here.block(block, hereKey)
                positions[row] = x
                velocities[row] = knee_mul(launch, knee_sub(there.block(block, thereKey), x))
            }
        }
    }
}
