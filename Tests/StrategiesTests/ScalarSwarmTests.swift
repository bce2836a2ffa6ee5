import Inner
import Strategies
import Support
import Testing

struct ScalarSwarmTests {
    @Test(
        "the standard swarm equals its scalar reference bit for bit",
        arguments: [1, 7, 8, 13], [ScalarSwarm.Hearing.everybody, .neighbours])
    func equalsTheReference(dimension: Int, hearing: ScalarSwarm.Hearing) throws {
        let box = try Box(
            lower: (0..<dimension).map { -1 - Double($0) / 3 }, upper: (0..<dimension).map { 2 + Double($0) / 7 })
        for size in [1, 2, 5, 16, 30] {
            // A ring of two or three particles is complete: equal values are then settled as in the global topology.
            if hearing == .neighbours, size < 4 { continue }
            for weight in [0.4, 0.7298, 1] {
                let stream = RandomStream(seed: UInt64(size)).split(.search, dimension)
                var reference = ScalarSwarm(
                    size: size, box: box, hearing: hearing, weight: weight, acceleration: 1.49618, stream: stream)
                let family = ParticleSwarm(
                    size: size, topology: hearing == .everybody ? .global : .ring(), inertia: .constant(weight))
                var unequal = 0
                walk(family, in: box, generations: 30, stream: stream, value: ruggedBowl) { _, points in
                    let expected = reference.ask()
                    reference.tell(expected.map(ruggedBowl))
                    for row in 0..<size
                    where points.span.coordinates(row: row, dimension: dimension) != expected[row] { unequal += 1 }
                }
                #expect(unequal == 0, "\(size) particles, weight \(weight)")
            }
        }
    }
}
