import Inner
import Outer

/// A swarm is held in memory as a whole, several times over.
enum SwarmMemory {
    /// Particles times coordinates: some gigabytes.
    static let limit = 50_000_000

    /// - Throws: `Failure` for a swarm that is too large to be held.
    static func check(_ configurations: [Configuration], dimension: Int) throws {
        guard let size = configurations.map(\.swarmSize).max(), size > limit / dimension else { return }
        throw Failure(
            usage:
                "a swarm of \(size) particles in \(dimension) dimensions is too large: together at most \(limit) coordinates."
        )
    }
}
