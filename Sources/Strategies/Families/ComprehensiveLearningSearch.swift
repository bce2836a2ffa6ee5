import CSimd
import Inner
import RealModule

/// One running comprehensive learning swarm. Generation g moves by stream `.move` g and chooses exemplars by `.topology` g.
struct ComprehensiveLearningSearch: Search {
    private static let acceleration = 1.49445
    /// Generations without a better personal best, in all, after which exemplars are chosen anew.
    private static let refreshingGap = 7
    /// The largest step, in widths of the box.
    private static let fastest = 0.2

    private let size: Int
    private let dimension: Int
    private let blocks: Int
    private let stream: RandomStream
    private let here: InitialPoints
    private let there: InitialPoints
    /// The box and the largest velocity, one row each.
    private let lower: [Lanes]
    private let upper: [Lanes]
    private let limits: [Lanes]
    /// Pc of every particle.
    private let learning: [Double]
    /// Where particles are, which may be outside the box, and how fast; one row each.
    private var positions: [Lanes]
    private var velocities: [Lanes]
    private var hasEscaped: [Bool]
    private var best: [Lanes]
    private var bestValues: [Double]
    /// For every particle and coordinate the particle it learns from.
    private var exemplars: [Int]
    /// Generations without a better personal best since a particle's exemplars were chosen.
    private var stagnation: [Int]
    private var progress: Progress
    private var generation = 0

    init(size: Int, in box: Box, horizon: Int, stream: RandomStream) {
        self.size = size
        self.stream = stream
        dimension = box.dimension
        blocks = blockCount(box.dimension)
        (here, there) = (InitialPoints(in: box, stream: stream), InitialPoints(in: box, stream: stream, 1))
        lower = paddedRow(box.lower)
        upper = paddedRow(box.upper)
        limits = paddedRow(zip(box.upper, box.lower).map { Self.fastest * ($0 - $1) })
        learning = (0..<size).map { particle in
            0.05 + 0.45 * Double.expMinusOne(10 * Double(particle) / Double(size - 1)) / Double.expMinusOne(10)
        }
        positions = Array(repeating: .zero, count: size * blocks)
        velocities = positions
        best = positions
        bestValues = Array(repeating: .infinity, count: size)
        hasEscaped = Array(repeating: false, count: size)
        exemplars = Array(repeating: 0, count: size * box.dimension)
        stagnation = Array(repeating: 0, count: size)
        progress = Progress(evaluations: 0, stagnation: 0, dimension: box.dimension, horizon: horizon)
    }

    var generationSize: Int { size }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        let (weight, moves) = (LinearInertia().weight(at: progress), stream.split(.move, generation))
        for particle in rows {
            if generation == 0 {
                scatter(particle)
            } else {
                move(particle, inertia: weight, key: moves.key(of: particle))
            }
            show(particle, in: &points)
        }
        let (limits, generation) = (limits, generation)
        var speeds = velocities.mutableSpan
        stopCreeping(rows, &speeds, width: limits.span, generation: generation)
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) {
        for particle in 0..<size {
            guard generation == 0 || values[particle] < bestValues[particle], !hasEscaped[particle] else {
                stagnation[particle] += 1
                continue
            }
            bestValues[particle] = values[particle]
            for row in particle &* blocks..<(particle &+ 1) &* blocks { best[row] = points[row] }
        }
        let choices = stream.split(.topology, generation)
        for particle in 0..<size where generation == 0 || stagnation[particle] >= Self.refreshingGap {
            chooseExemplars(of: particle, RandomStream(seed: choices.key(of: particle)))
        }
        generation += 1
        progress.evaluations += size
    }

    /// A position uniform in the box, a velocity uniform within its limits.
    private mutating func scatter(_ particle: Int) {
        for block in 0..<blocks {
            let row = particle &* blocks &+ block
            positions[row] = here(particle, block: block)
            let middle = knee_add(knee_mul(knee_splat(0.5), lower[block]), knee_mul(knee_splat(0.5), upper[block]))
            let fromMiddle = knee_sub(there(particle, block: block), middle)
            velocities[row] = knee_mul(knee_splat(2 * Self.fastest), fromMiddle)
        }
    }

    private mutating func move(_ particle: Int, inertia: Double, key: UInt64) {
        let (w, c) = (knee_splat(inertia), knee_splat(Self.acceleration))
        for block in 0..<blocks {
            let row = particle &* blocks &+ block
            let x = positions[row]
            let r = knee_uniform52(knee_splitmix(key, UInt64(block &* 8)))
            let pull = knee_mul(knee_mul(c, r), knee_sub(exemplar(of: particle, block: block), x))
            let v = limit(knee_add(knee_mul(w, velocities[row]), pull), to: limits[block])
            velocities[row] = v
            positions[row] = knee_add(x, v)
        }
    }

    /// What this block of a particle learns from: coordinates of many personal bests.
    private func exemplar(of particle: Int, block: Int) -> Lanes {
        var exemplar = Lanes.zero
        for lane in 0..<min(8, dimension &- block &* 8) {
            let teacher = exemplars[particle &* dimension &+ block &* 8 &+ lane]
            exemplar[lane] = best[teacher &* blocks &+ block][lane]
        }
        return exemplar
    }

    /// Writes the point of the box that is nearest to a particle.
    private mutating func show(_ particle: Int, in points: inout MutableSpan<Lanes>) {
        var escaped = SIMD8<Int64>.zero
        for block in 0..<blocks {
            let row = particle &* blocks &+ block
            let (x, low, high) = (positions[row], lower[block], upper[block])
            escaped = knee_either(escaped, knee_outside(x, low, high))
            points[row] = knee_max(knee_min(x, high), low)
        }
        hasEscaped[particle] = knee_any(escaped)
    }

    private mutating func chooseExemplars(of particle: Int, _ draws: RandomStream) {
        var draws = draws
        var learns = false
        for column in 0..<dimension {
            let isTaught = draws.uniform() < learning[particle]
            exemplars[particle &* dimension &+ column] = isTaught ? betterOfTwo(besides: particle, &draws) : particle
            learns = learns || isTaught
        }
        if !learns {
            let column = draws.index(below: dimension)
            exemplars[particle &* dimension &+ column] = draws.index(below: size, besides: particle)
        }
        stagnation[particle] = 0
    }

    private func betterOfTwo(besides particle: Int, _ draws: inout RandomStream) -> Int {
        let first = draws.index(below: size, besides: particle)
        let second = draws.index(below: size, besides: particle)
        return bestValues[second] < bestValues[first] ? second : first
    }
}
