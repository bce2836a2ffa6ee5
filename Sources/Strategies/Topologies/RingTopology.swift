import Inner

/// Particles sit on a circle and hear their `radius` neighbours on either side (lbest).
///
/// - SeeAlso: Eberhart & Kennedy (1995), doi:10.1109/MHS.1995.494215
public struct RingTopology: Topology {
    public let radius: Int

    /// - Precondition: `radius` >= 1. A radius that closes the circle makes the graph complete.
    public init(radius: Int) {
        precondition(radius >= 1, "a ring needs a radius of at least 1, not \(radius)")
        self.radius = radius
    }

    public var name: String { "ring:\(radius)" }

    public func connect(_ graph: inout InformantGraph, using stream: inout RandomStream) {
        let size = graph.size
        guard 2 * radius + 1 < size else { return graph.connectAll() }
        graph.connect { link in
            for particle in 0..<size {
                for distance in 1...radius {
                    link((particle + distance) % size, particle)
                    link((particle + size - distance) % size, particle)
                }
            }
        }
    }
}

extension Topology where Self == RingTopology {
    public static func ring(radius: Int = 1) -> RingTopology { RingTopology(radius: radius) }
}
