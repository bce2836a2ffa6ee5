import Inner
import Strategies
import Testing

/// The informants of `particle`, as listed.
public func informants(of particle: Int, in graph: InformantGraph) -> [Int] {
    var list: [Int] = []
    graph.forEachInformant(of: particle) { list.append($0) }
    return list
}

/// What every topology promises, for swarms of one particle and more.
public func expectContract(of topology: any Topology, sizes: [Int] = [1, 2, 3, 4, 5, 7, 9, 12, 16, 30, 31, 64]) {
    for size in sizes {
        var graph = InformantGraph(size: size)
        for seed in 1...5 as ClosedRange<UInt64> {
            var stream = RandomStream(seed: seed)
            topology.connect(&graph, using: &stream)
            expectWellFormed(graph, of: topology)
            expectRepeatable(graph, of: topology, seed: seed)
            expectGuides(of: graph, seed: seed)
        }
    }
}

private func expectWellFormed(_ graph: InformantGraph, of topology: any Topology) {
    #expect(graph.size >= 1)
    for particle in 0..<graph.size {
        let list = informants(of: particle, in: graph)
        #expect(list.contains(particle), "\(topology.name), \(graph.size): particle \(particle) informs itself")
        #expect(list.allSatisfy { (0..<graph.size).contains($0) })
        #expect(list.count == graph.informantCount(of: particle))
        if !topology.isRedrawn { #expect(Set(list).count == list.count, "\(topology.name), \(graph.size)") }
    }
}

/// The same stream connects the same graph, whatever graph was there before.
private func expectRepeatable(_ graph: InformantGraph, of topology: any Topology, seed: UInt64) {
    var fresh = InformantGraph(size: graph.size)
    var stream = RandomStream(seed: seed)
    topology.connect(&fresh, using: &stream)
    for particle in 0..<graph.size {
        #expect(informants(of: particle, in: fresh) == informants(of: particle, in: graph))
    }
}

/// A particle's guide is an informant, and no informant is better.
private func expectGuides(of graph: InformantGraph, seed: UInt64) {
    var chance = RandomStream(seed: seed).split(.noise)
    let values = (0..<graph.size).map { _ in Double(chance.index(below: 5)) }
    var guides = Array(repeating: -1, count: graph.size)
    graph.bestInformants(values, into: &guides)
    for particle in 0..<graph.size {
        let list = informants(of: particle, in: graph)
        #expect(list.contains(guides[particle]))
        #expect(list.allSatisfy { values[$0] >= values[guides[particle]] })
        if values[guides[particle]] == values[particle] { #expect(guides[particle] == particle) }
    }
}
