import Inner

/// Particles sit on a torus and hear their four neighbours. The torus is the squarest grid of n cells; a prime n makes
/// it a ring.
///
/// - SeeAlso: Kennedy & Mendes (2002), doi:10.1109/CEC.2002.1004493
public struct VonNeumannTopology: Topology {
    public var name: String { "vonNeumann" }

    public func connect(_ graph: inout InformantGraph, using stream: inout RandomStream) {
        let size = graph.size
        let rows = Self.rows(of: size)
        let columns = size / rows
        graph.connect { link in
            for particle in 0..<size {
                let (row, column) = (particle / columns, particle % columns)
                // A side of one or two cells would name a neighbour twice, or the particle itself.
                if columns > 1 { link(row * columns + (column + 1) % columns, particle) }
                if columns > 2 { link(row * columns + (column + columns - 1) % columns, particle) }
                if rows > 1 { link((row + 1) % rows * columns + column, particle) }
                if rows > 2 { link((row + rows - 1) % rows * columns + column, particle) }
            }
        }
    }

    /// The largest divisor of `size` that is not above its square root.
    static func rows(of size: Int) -> Int {
        var rows = 1
        var candidate = 1
        while candidate * candidate <= size {
            if size % candidate == 0 { rows = candidate }
            candidate += 1
        }
        return rows
    }
}

extension Topology where Self == VonNeumannTopology {
    public static var vonNeumann: VonNeumannTopology { VonNeumannTopology() }
}
