import Inner
import RealModule
import Strategies
import Support
import Testing

@Suite("SPSO 2011")
struct HypersphereTests {
    private static let w = 1 / (2 * Double.log(2))
    private static let c = 0.5 + Double.log(2)

    /// Where third positions lie in their balls: the radius as a share of the largest, and the direction.
    ///
    /// Where all values are equal, everybody's guide is itself and its best is where it began, so two positions tell the ball
    /// of the third. Only balls that lie inside the box are looked at.
    private func ballPoints(size: Int, dimension: Int) -> [(radius: Double, direction: [Double])] {
        var generations: [[[Double]]] = []
        let box = Box(-5...5, dimension: dimension)
        walk(.spso2011(size: size), in: box, generations: 3, stream: RandomStream(seed: 9), value: { _ in 1 }) {
            _, points in
            generations.append((0..<size).map { points.span.coordinates(row: $0, dimension: dimension) })
        }
        return (0..<size).compactMap { particle in
            let (first, second, third) = (generations[0][particle], generations[1][particle], generations[2][particle])
            let pull = zip(first, second).map { Self.c / 2 * ($0 - $1) }
            let centre = (0..<dimension).map { second[$0] + Self.w * (second[$0] - first[$0]) + pull[$0] }
            let reach = length(pull)
            guard (second + centre.flatMap { [$0 - reach, $0 + reach] }).allSatisfy({ $0.magnitude < 5 }) else {
                return nil
            }
            let offset = zip(third, centre).map { $0 - $1 }
            return (length(offset) / reach, offset.map { $0 / length(offset) })
        }
    }

    private func length(_ vector: [Double]) -> Double { vector.reduce(0) { $0 + $1 * $1 }.squareRoot() }

    @Test("a move is uniform in direction and in radius; one drawn by coordinate or volume would be noticed")
    func ball() {
        let points = ballPoints(size: 40_000, dimension: 3)
        let bound = kolmogorovSmirnovBound(count: points.count, falseAlarm: 1e-6)
        #expect(points.count > 5_000)
        let radii = points.map(\.radius)
        #expect(kolmogorovSmirnovDistance(radii) { $0 } < bound)
        #expect(kolmogorovSmirnovDistance(radii) { $0 * $0 * $0 } > bound)
        // In three dimensions every component of a uniform direction is uniform on [-1, 1], along a diagonal too.
        let diagonal = points.map { $0.direction.reduce(0, +) / 3.0.squareRoot() }
        let uniform = { (x: Double) in (x + 1) / 2 }
        for column in 0..<3 {
            #expect(kolmogorovSmirnovDistance(points.map { $0.direction[column] }, cdf: uniform) < bound)
        }
        #expect(kolmogorovSmirnovDistance(diagonal, cdf: uniform) < bound)
        var chance = RandomStream(seed: 4)
        let byCoordinate = points.map { point in
            let stretched = point.direction.map { chance.uniform() * $0 }
            return stretched.reduce(0, +) / (3.0.squareRoot() * length(stretched))
        }
        #expect(kolmogorovSmirnovDistance(byCoordinate, cdf: uniform) > bound)
    }

    /// The decimal exponents that searches of an ellipsoid end with.
    private func ends(_ family: some SearchFamily, rotated: Bool) -> [Double] {
        let problem = EllipsoidProblem(dimension: 6, condition: 1e6, rotation: rotated ? 3 : nil)
        return (1...200).map { seed in
            // Other seeds for the other axes, or the two samples would not be independent.
            let stream = RandomStream(seed: UInt64(seed + (rotated ? 1000 : 0)))
            return .log10(run(family, on: problem, budget: 3000, stream: stream).best?.value ?? .infinity)
        }
    }

    /// The box itself has axes, which a search in its middle hardly meets.
    @Test("a rotated ellipsoid is searched like the one along the axes; a swarm that draws by coordinate is noticed")
    func rotation() {
        let bound = kolmogorovSmirnovBound(countOfEach: 200, falseAlarm: 1e-6)
        let standard: ParticleSwarm = .spso2011(size: 40)
        #expect(kolmogorovSmirnovDistance(ends(standard, rotated: false), ends(standard, rotated: true)) < bound)
        let byCoordinate: ParticleSwarm = .particleSwarm(size: 40)
        #expect(
            kolmogorovSmirnovDistance(ends(byCoordinate, rotated: false), ends(byCoordinate, rotated: true)) > bound)
    }
}
