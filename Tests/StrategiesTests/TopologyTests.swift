import Inner
import RealModule
import Strategies
import Support
import Testing

struct TopologyTests {
    @Test("every topology keeps its promises", arguments: spellings(TopologyCatalogue.all))
    func contract(name: String) throws {
        let topology = try TopologyCatalogue.all.make(name)
        expectContract(of: topology)
    }

    private func graph(_ topology: some Topology, size: Int, seed: UInt64 = 1) -> InformantGraph {
        var graph = InformantGraph(size: size)
        var stream = RandomStream(seed: seed)
        topology.connect(&graph, using: &stream)
        return graph
    }

    @Test("on a ring of radius r a particle hears 2r + 1, the nearest; a closed ring is complete", arguments: 1...5)
    func ringDegree(radius: Int) {
        for size in 1...40 {
            let ring = graph(.ring(radius: radius), size: size)
            for particle in 0..<size {
                let list = informants(of: particle, in: ring)
                #expect(list.count == min(2 * radius + 1, size))
                #expect(
                    list.allSatisfy {
                        let distance = ($0 - particle + size) % size
                        return min(distance, size - distance) <= radius
                    })
            }
        }
    }

    @Test("on the torus hearing is mutual, and four neighbours are heard where there is room for four")
    func vonNeumannIsSymmetric() {
        for size in 1...60 {
            let torus = graph(.vonNeumann, size: size)
            let heard = (0..<size).map { Set(informants(of: $0, in: torus)) }
            for particle in 0..<size {
                #expect(heard[particle].allSatisfy { heard[$0].contains(particle) })
                #expect(heard[particle].count == heard[0].count)
            }
            if [9, 12, 15, 16, 20, 30, 49, 60].contains(size) { #expect(heard[0].count == 5, "\(size)") }
        }
    }

    @Test("everybody hears everybody in the global topology")
    func globalIsComplete() {
        for size in [1, 2, 17] {
            let global = graph(.global, size: size)
            for particle in 0..<size { #expect(informants(of: particle, in: global) == Array(0..<size)) }
        }
    }

    @Test("the number a particle hears at random is binomial; a fixed number of informants would be noticed")
    func randomInDegree() {
        let (size, informed, count) = (12, 3, 5000)
        var (observed, twin) = (Array(repeating: 0, count: 8), Array(repeating: 0, count: 8))
        for seed in 0..<count {
            let graph = graph(.random(informed: informed), size: size, seed: UInt64(seed))
            // The own link is always there; what comes on top are hits among size * informed throws.
            observed[min(graph.informantCount(of: 4) - 1, 7)] += 1
            twin[informed] += 1
        }
        let expected = binomial(throws: size * informed, chance: 1 / Double(size), cells: 8).map { $0 * Double(count) }
        let bound = chiSquareBound(freedom: 7, falseAlarm: 1e-6)
        #expect(chiSquare(observed: observed, expected: expected) < bound)
        #expect(chiSquare(observed: twin, expected: expected) > bound)
    }

    @Test("a random particle informs exactly as many as it says, and another stream another graph")
    func randomOutDegree() {
        let first = graph(.random(informed: 4), size: 20, seed: 1)
        let second = graph(.random(informed: 4), size: 20, seed: 2)
        var informed = Array(repeating: 0, count: 20)
        for particle in 0..<20 { first.forEachInformant(of: particle) { informed[$0] += 1 } }
        #expect(informed.allSatisfy { $0 == 4 + 1 })
        #expect((0..<20).contains { informants(of: $0, in: first) != informants(of: $0, in: second) })
    }

    /// P(k hits) for k below the last cell, and P(at least as many) in it.
    private func binomial(throws count: Int, chance: Double, cells: Int) -> [Double] {
        var term = Double.pow(1 - chance, Double(count))
        var cellsBelow: [Double] = []
        for k in 0..<cells - 1 {
            cellsBelow.append(term)
            term *= Double(count - k) / Double(k + 1) * chance / (1 - chance)
        }
        return cellsBelow + [1 - cellsBelow.reduce(0, +)]
    }
}
