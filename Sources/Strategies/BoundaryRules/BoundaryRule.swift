import Inner

/// What happens to coordinates that left the box.
public protocol BoundaryRule: Sendable {
    var name: String { get }
    /// Brings every coordinate of these particles back into the box.
    ///
    /// - Parameter draws: the chance of this generation, for rules that need it; particle i draws from substream i.
    func confine(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, draws: RandomStream)
}
