import Inner
import Strategies
import Synchronization
import Testing

/// What every velocity rule promises, with every boundary rule, through a whole search: finite moves, padding that
/// stays zero, points inside the box, and the same search from the same stream.
public func expectContract(of rule: any VelocityRule, with boundary: any BoundaryRule) {
    for (dimension, size) in [(1, 1), (1, 5), (3, 2), (8, 6), (13, 9)] {
        let box = Box(-1...3, dimension: dimension)
        let generations = visited(rule, boundary, size: size, in: box, seed: 1)
        let label: Comment = "\(rule.name), \(boundary.name), \(size) x \(dimension)"
        for points in generations {
            #expect(paddingIsZero(points, dimension: dimension), label)
            for row in 0..<size {
                #expect(box.contains(points.span.coordinates(row: row, dimension: dimension)), label)
            }
        }
        #expect(visited(rule, boundary, size: size, in: box, seed: 1) == generations, label)
        #expect(visited(rule, boundary, size: size, in: box, seed: 2) != generations, label)
    }
}

/// Every generation of a search, its moves checked on the way.
private func visited(
    _ rule: any VelocityRule, _ boundary: any BoundaryRule, size: Int, in box: Box, seed: UInt64
) -> [[Lanes]] {
    let spy = SpyRule(rule) { sight in
        for rows in [sight.velocitiesBefore, sight.positionsAfter, sight.velocitiesAfter, sight.swarm.best] {
            #expect(paddingIsZero(rows, dimension: box.dimension), "\(rule.name)")
            #expect(rows.allSatisfy { row in (0..<8).allSatisfy { row[$0].isFinite } }, "\(rule.name)")
        }
    }
    let family = ParticleSwarm(size: size, topology: .ring(), inertia: .constant(0.9), rule: spy, boundary: boundary)
    var generations: [[Lanes]] = []
    walk(family, in: box, generations: 40, stream: RandomStream(seed: seed), value: ruggedBowl) {
        generations.append($1)
    }
    return generations
}
