/// How much of its velocity a particle keeps.
public protocol InertiaSchedule: Sendable {
    /// As the catalogue reads it: `constant:0.7298`.
    var name: String { get }
    /// True if the weight depends on the horizon, so that runs are not prefixes of longer ones.
    var isHorizonBound: Bool { get }
    /// The weight of the next generation.
    func weight(at progress: Progress) -> Double
}

extension InertiaSchedule {
    public var isHorizonBound: Bool { false }
}

/// Where a search stands.
public struct Progress: Sendable {
    /// Points that the search has drawn so far.
    public var evaluations: Int
    /// Generations since the swarm's best improved.
    public var stagnation: Int
    public let dimension: Int
    /// Evaluations the search may spend in all.
    public let horizon: Int

    package init(evaluations: Int, stagnation: Int, dimension: Int, horizon: Int) {
        self.evaluations = evaluations
        self.stagnation = stagnation
        self.dimension = dimension
        self.horizon = horizon
    }
}
