import Inner

/// Who informs whom.
public protocol Topology: Sendable {
    /// As the catalogue reads it: `ring:1`.
    var name: String { get }
    /// True if the graph is drawn anew after a generation that did not improve the swarm's best.
    var isRedrawn: Bool { get }
    /// Writes the graph of a swarm of `graph.size` particles.
    func connect(_ graph: inout InformantGraph, using stream: inout RandomStream)
}

extension Topology {
    public var isRedrawn: Bool { false }
}
