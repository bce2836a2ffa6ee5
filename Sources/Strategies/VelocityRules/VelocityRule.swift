import Inner

/// How particles move: from positions, velocities and the swarm's memory to the next positions.
public protocol VelocityRule: Sendable {
    var name: String { get }
    /// Moves these particles. Positions may leave the box; the boundary rule sees to that.
    ///
    /// A generation moves in parts, each a few rows that stay in the nearest cache until they are confined as well.
    ///
    /// - Parameters:
    ///   - positions, velocities: one padded row a particle of the swarm.
    ///   - inertia: the weight of this generation, for rules that have one.
    ///   - draws: the chance of this generation; particle i draws from substream i.
    func move(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, inertia: Double, draws: RandomStream)
}
