import Inner

/// What a swarm remembers: personal bests and who informs whom. Structure of arrays, one padded row a particle.
///
/// Positions live in the buffer of the search's caller, velocities beside it. Padding lanes are zero everywhere and
/// stay so.
public struct Swarm: Sendable {
    public let size: Int
    public let dimension: Int
    /// Blocks of eight a row takes.
    public let blocks: Int
    /// Particles whose positions and velocities fill 8 KB, at least one: a part of the nearest cache.
    var flock: Int { max(1, 64 / blocks) }
    /// The box, one row each.
    public let lower: [Lanes]
    public let upper: [Lanes]
    public let width: [Lanes]
    /// Personal best positions, `size` rows, and their values.
    public internal(set) var best: [Lanes]
    public internal(set) var bestValues: [Double]
    /// The least of them.
    private var record = Double.infinity
    public package(set) var informants: InformantGraph
    /// For every particle the row of its best informant.
    public internal(set) var guides: [Int]

    package init(size: Int, box: Box) {
        self.size = size
        dimension = box.dimension
        blocks = blockCount(box.dimension)
        lower = paddedRow(box.lower)
        upper = paddedRow(box.upper)
        width = paddedRow(zip(box.upper, box.lower).map { $0 - $1 })
        best = Array(repeating: .zero, count: size * blocks)
        bestValues = Array(repeating: .infinity, count: size)
        informants = InformantGraph(size: size)
        guides = Array(0..<size)
    }

    /// Takes the first positions as everybody's best, whatever their values will be.
    package mutating func adopt(_ points: Span<Lanes>) {
        for block in best.indices { best[block] = points[block] }
    }

    /// Keeps the positions that improved on their particle's best; true if the swarm's best improved.
    package mutating func remember(_ points: Span<Lanes>, values: Span<Double>) -> Bool {
        let before = record
        for particle in 0..<size where values[particle] < bestValues[particle] {
            record = min(record, values[particle])
            bestValues[particle] = values[particle]
            for block in particle &* blocks..<(particle &+ 1) &* blocks { best[block] = points[block] }
        }
        return record < before
    }

    /// Looks up every particle's best informant.
    package mutating func consult() { informants.bestInformants(bestValues, into: &guides) }
}
