import Inner

/// Every particle informs itself and `informed` others drawn with replacement; drawn anew after a generation that
/// did not improve the swarm's best.
///
/// - SeeAlso: Clerc (2012), Standard Particle Swarm Optimisation, hal-00764996 (SPSO 2006-2011)
public struct RandomTopology: Topology {
    public let informed: Int

    /// - Precondition: `informed` >= 1.
    public init(informed: Int) {
        precondition(informed >= 1, "a random topology informs at least 1 particle, not \(informed)")
        self.informed = informed
    }

    public var name: String { "random:\(informed)" }
    public var isRedrawn: Bool { true }

    public func connect(_ graph: inout InformantGraph, using stream: inout RandomStream) {
        let size = graph.size
        var draws = stream
        graph.connect { link in
            for informant in 0..<size {
                for _ in 0..<informed { link(informant, draws.index(below: size)) }
            }
        }
        stream = draws
    }
}

extension Topology where Self == RandomTopology {
    public static func random(informed: Int = 3) -> RandomTopology { RandomTopology(informed: informed) }
}
