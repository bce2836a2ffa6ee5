import Inner
import Strategies
import Support
import Testing

@Suite("CLPSO")
struct ComprehensiveLearningTests {
    /// The points of a search that is told 1 of every point it is not rewarded for.
    private func points(rewarding isRewarded: ([Double]) -> Bool) -> [[[Double]]] {
        var generations: [[[Double]]] = []
        walk(
            .clpso(size: 8), in: Box(-5...5, dimension: 3), generations: 60, stream: RandomStream(seed: 2),
            value: { isRewarded($0) ? -1 : 1 }
        ) { _, points in
            generations.append((0..<8).map { points.span.coordinates(row: $0, dimension: 3) })
        }
        return generations
    }

    @Test("what a particle found at the wall, having left the box, is nobody's best; inside it would be noticed")
    func outsideIsForgotten() {
        let isAtWall = { (point: [Double]) in point.contains { $0.magnitude == 5 } }
        let indifferent = points { _ in false }
        #expect(indifferent.flatMap(\.self).count(where: isAtWall) > 20)
        #expect(points(rewarding: isAtWall) == indifferent)
        #expect(points { !isAtWall($0) && $0[0] > 0 } != indifferent)
    }

    @Test("a step is at most a fifth of the box wide, and some are nearly that")
    func steps() {
        var steps: [Double] = []
        let generations = points { $0[0] > 4 }
        for (before, after) in zip(generations, generations.dropFirst()) {
            for (from, to) in zip(before, after) { steps += zip(from, to).map { ($1 - $0).magnitude } }
        }
        #expect(steps.allSatisfy { $0 <= 2 + 1e-12 } && steps.contains { $0 > 1.9 })
    }
}
