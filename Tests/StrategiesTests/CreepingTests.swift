import Inner
import Strategies
import Support
import Synchronization
import Testing

struct CreepingTests {
    /// What velocities a rule was given in some generations.
    private struct Seen {
        var standing = 0
        var subnormal = 0
    }

    private static let box = Box(-3...2, dimension: 8)

    @Test(
        "particles at rest stand still: no velocity ever becomes subnormal",
        arguments: [("inertiaWeight", 0.6), ("inertiaWeight", 0.4), ("constriction", 0), ("fullyInformed", 0)])
    func noVelocityIsSubnormal(rule: String, inertia: Double) throws {
        let generations = 6000
        let seen = Mutex(Seen())
        let spy = SpyRule(try VelocityRuleCatalogue.all.make(rule)) { sight in
            let speeds = sight.velocitiesBefore.flatMap { v in (0..<8).map { v[$0] } }
            seen.withLock {
                $0.standing += speeds.count { $0 == 0 }
                $0.subnormal += speeds.count { $0.isSubnormal }
            }
        }
        let family = ParticleSwarm(size: 6, inertia: .constant(inertia), rule: spy)
        walk(family, in: Self.box, generations: generations, stream: RandomStream(seed: 5), value: ruggedBowl)
        let (standing, subnormal) = seen.withLock { ($0.standing, $0.subnormal) }
        #expect(subnormal == 0)
        #expect(standing > 0, "the swarm has not come to rest, so that this tells nothing")
    }

    @Test("a velocity that shrinks without it becomes subnormal, and stays so")
    func velocitiesCreepWithoutIt() {
        var v = 1.0
        for _ in 0..<6000 { v *= 0.7298 }
        #expect(v.isSubnormal)
    }

    @Test("a swarm equals its scalar reference bit for bit long after it came to rest")
    func equalsTheReferenceAtRest() {
        let stream = RandomStream(seed: 8)
        var reference = ScalarSwarm(
            size: 6, box: Self.box, hearing: .everybody, rule: .inertiaWeight(0.7298, acceleration: 1.49618),
            wall: .reflect, stream: stream)
        walk(.particleSwarm(size: 6), in: Self.box, generations: 4000, stream: stream, value: ruggedBowl) { _, points in
            let expected = reference.ask()
            reference.tell(expected.map(ruggedBowl))
            for row in expected.indices {
                #expect(points.span.coordinates(row: row, dimension: 8) == expected[row])
            }
        }
    }
}
