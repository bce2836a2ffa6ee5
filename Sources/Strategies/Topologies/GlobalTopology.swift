import Inner

/// Everybody informs everybody (gbest): the fastest flow of information, the least diversity.
///
/// - SeeAlso: Kennedy & Eberhart (1995), doi:10.1109/ICNN.1995.488968
public struct GlobalTopology: Topology {
    public var name: String { "global" }

    public func connect(_ graph: inout InformantGraph, using stream: inout RandomStream) { graph.connectAll() }
}

extension Topology where Self == GlobalTopology {
    public static var global: GlobalTopology { GlobalTopology() }
}
