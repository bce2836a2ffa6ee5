import Inner
import Strategies
import Support
import Testing

struct ScalarSwarmTests {
    private static let rules: [(ScalarSwarm.Rule, any VelocityRule)] =
        [0.4, 0.7298, 1].map { (.inertiaWeight($0, acceleration: 1.49618), .inertiaWeight()) } + [
            (.constriction, .constriction()), (.fullyInformed, .fullyInformed()), (.bareBones, .bareBones),
        ]

    @Test(
        "every rule, topology and wall equals its scalar reference bit for bit",
        arguments: ScalarSwarm.Hearing.allCases, ScalarSwarm.Wall.allCases)
    func equalsTheReference(hearing: ScalarSwarm.Hearing, wall: ScalarSwarm.Wall) throws {
        for dimension in [1, 7, 8, 13] {
            let box = try Box(
                lower: (0..<dimension).map { -1 - Double($0) / 3 }, upper: (0..<dimension).map { 2 + Double($0) / 7 })
            for size in [1, 2, 5, 12, 30] {
                // A ring of two or three particles is complete: equal values are then settled as in the global topology.
                if hearing == .ring, size < 4 { continue }
                for (scalar, rule) in Self.rules {
                    let stream = RandomStream(seed: UInt64(size)).split(.search, dimension)
                    let reference = ScalarSwarm(
                        size: size, box: box, hearing: hearing, rule: scalar, wall: wall, stream: stream)
                    let weight = if case .inertiaWeight(let weight, _) = scalar { weight } else { 0.7298 }
                    let family = ParticleSwarm(
                        size: size, topology: topology(hearing), inertia: .constant(weight), rule: rule,
                        boundary: boundary(wall))
                    let unequal = rowsUnlike(reference, family, in: box, stream: stream)
                    #expect(unequal == 0, "\(size) x \(dimension), \(scalar)")
                }
            }
        }
    }

    @Test("a reference with other walls would be noticed")
    func otherWallsAreNoticed() {
        let (box, stream) = (Box(-1...2, dimension: 7), RandomStream(seed: 3))
        let reference = ScalarSwarm(
            size: 12, box: box, hearing: .everybody, rule: .constriction, wall: .clamp, stream: stream)
        let family = ParticleSwarm(size: 12, rule: .constriction(), boundary: .reflect)
        #expect(rowsUnlike(reference, family, in: box, stream: stream) > 0)
    }

    /// Rows of 30 generations in which the two differ.
    private func rowsUnlike(
        _ reference: ScalarSwarm, _ family: ParticleSwarm, in box: Box, stream: RandomStream
    ) -> Int {
        var reference = reference
        var unequal = 0
        walk(family, in: box, generations: 30, stream: stream, value: ruggedBowl) { _, points in
            let expected = reference.ask()
            reference.tell(expected.map(ruggedBowl))
            unequal += expected.indices.count {
                points.span.coordinates(row: $0, dimension: box.dimension) != expected[$0]
            }
        }
        return unequal
    }

    private func topology(_ hearing: ScalarSwarm.Hearing) -> any Topology {
        switch hearing {
        case .everybody: .global
        case .ring: .ring()
        case .torus: .vonNeumann
        }
    }

    private func boundary(_ wall: ScalarSwarm.Wall) -> any BoundaryRule {
        switch wall {
        case .reflect: .reflect
        case .clamp: .clamp
        case .resample: .resample
        }
    }
}
