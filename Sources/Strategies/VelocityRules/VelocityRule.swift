import Inner

/// How particles move: from positions, velocities and the swarm's memory to the next positions.
public protocol VelocityRule: Sendable {
    var name: String { get }
    /// Moves every particle. Positions may leave the box; the boundary rule sees to that.
    ///
    /// - Parameters:
    ///   - positions, velocities: one padded row a particle.
    ///   - inertia: the weight of this generation, for rules that have one.
    ///   - draws: the chance of this generation; particle i draws from substream i.
    func move(
        _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>, of swarm: Swarm,
        inertia: Double, draws: RandomStream)
}
