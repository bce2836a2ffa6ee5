import Inner
import Strategies
import Testing

/// Rows of a swarm before and after a boundary rule confined them.
public struct Confinement {
    public let swarm: Swarm
    public let positionsBefore: [Lanes]
    public let velocitiesBefore: [Lanes]
    public let positions: [Lanes]
    public let velocities: [Lanes]

    /// Particles up to `reach` widths of the box beyond its walls, as fast as that.
    public init(by rule: any BoundaryRule, dimension: Int, size: Int = 12, reach: Double, seed: UInt64) {
        let lower = (0..<dimension).map { -1 - Double($0) }
        let upper = (0..<dimension).map { 0.5 + Double($0 % 3) }
        guard let box = try? Box(lower: lower, upper: upper) else { preconditionFailure("a box by construction") }
        swarm = makeSwarm(size: size, box: box, stream: RandomStream(seed: seed))
        var chance = RandomStream(seed: seed).split(.noise)
        var (x, v): ([Lanes], [Lanes]) = ([], [])
        for _ in 0..<size {
            let width = (0..<dimension).map { upper[$0] - lower[$0] }
            x += paddedRow((0..<dimension).map { lower[$0] + width[$0] * (0.5 + reach * (2 * chance.uniform() - 1)) })
            v += paddedRow((0..<dimension).map { width[$0] * reach * (2 * chance.uniform() - 1) })
        }
        (positionsBefore, velocitiesBefore) = (x, v)
        var positionRows = x.mutableSpan
        var velocityRows = v.mutableSpan
        rule.confine(
            0..<size, &positionRows, &velocityRows, of: swarm, draws: RandomStream(seed: seed).split(.confine))
        (positions, velocities) = (x, v)
    }

    /// A coordinate before and after.
    public struct Coordinate {
        public let low: Double
        public let high: Double
        public let before: (position: Double, velocity: Double)
        public let after: (position: Double, velocity: Double)

        public var wasInside: Bool { low <= before.position && before.position <= high }
    }

    public var coordinates: [Coordinate] {
        (0..<swarm.size).flatMap { particle in
            (0..<swarm.dimension).map { column in
                let (row, lane) = (particle * swarm.blocks + column / 8, column % 8)
                return Coordinate(
                    low: swarm.lower[column / 8][lane], high: swarm.upper[column / 8][lane],
                    before: (positionsBefore[row][lane], velocitiesBefore[row][lane]),
                    after: (positions[row][lane], velocities[row][lane]))
            }
        }
    }
}

/// True if the lanes beyond `dimension` are zero in every row.
public func paddingIsZero(_ rows: [Lanes], dimension: Int) -> Bool {
    let blocks = blockCount(dimension)
    return rows.indices.allSatisfy { index in
        (0..<8).allSatisfy { index % blocks * 8 + $0 < dimension || rows[index][$0] == 0 }
    }
}

/// What every boundary rule promises: everything ends inside the box, and what was inside stays as it is.
public func expectContract(of rule: any BoundaryRule) {
    for dimension in [1, 3, 8, 13] {
        for reach in [0.4, 0.6, 1.0, 10, 1e6, 1e300] {
            for seed in 1...4 as ClosedRange<UInt64> {
                let confined = Confinement(by: rule, dimension: dimension, reach: reach, seed: seed)
                for coordinate in confined.coordinates { expectConfined(coordinate, by: rule) }
                #expect(paddingIsZero(confined.positions, dimension: dimension))
                #expect(paddingIsZero(confined.velocities, dimension: dimension))
                let again = Confinement(by: rule, dimension: dimension, reach: reach, seed: seed)
                #expect(again.positions == confined.positions && again.velocities == confined.velocities)
            }
        }
    }
}

private func expectConfined(_ coordinate: Confinement.Coordinate, by rule: any BoundaryRule) {
    let (before, after) = (coordinate.before, coordinate.after)
    #expect(coordinate.low <= after.position && after.position <= coordinate.high, "\(rule.name) from \(before)")
    #expect(after.velocity.magnitude <= before.velocity.magnitude, "\(rule.name) adds no speed")
    if coordinate.wasInside { #expect(after == before, "\(rule.name) moved a coordinate inside the box") }
}
