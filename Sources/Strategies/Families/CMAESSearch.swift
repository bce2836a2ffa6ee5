import CSimd
import Inner

/// One running CMA-ES: run after run, each from a further initial point and with twice the points of the one before.
///
/// The distribution knows no bounds: `MirroredBox` brings its points into the box. Decisions rest on ranks alone, but for
/// the tolerance of values in `CMAESTermination`.
struct CMAESSearch: Search {
    private let family: CMAES
    private let space: Box
    private let stream: RandomStream
    private let run: Int
    private let box: MirroredBox
    private let blocks: Int
    private var distribution: CMAESDistribution
    private var termination: CMAESTermination
    /// The generation's points, best first.
    private var order: [Int]

    /// - Parameter run: 0 for the first, then one more a restart.
    init(_ family: CMAES, in space: Box, stream: RandomStream, run: Int = 0) {
        (self.family, self.space, self.stream, self.run) = (family, space, stream, run)
        box = MirroredBox(space)
        blocks = blockCount(space.dimension)
        let size = family.size << run
        let start = InitialPoints(in: space, stream: stream).row(run)
        distribution = CMAESDistribution(
            mean: box.preimage(start), sigma: family.sigma, width: box.width, dimension: space.dimension, size: size)
        termination = CMAESTermination(dimension: space.dimension, size: size, sigma: family.sigma)
        order = Array(0..<size)
    }

    var generationSize: Int { order.count }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        let draws = stream.split(.move, distribution.generation, run)
        for row in rows {
            distribution.draw(row, key: draws.key(of: row), into: &points)
            for block in 0..<blocks {
                let place = row &* blocks &+ block
                points[place] = box.confined(points[place], block)
            }
        }
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) {
        // The first drawn is better where values tie.
        order.sort { values[$0] < values[$1] || values[$0] == values[$1] && $0 < $1 }
        let (best, median, worst) = (values[order[0]], values[order[order.count / 2]], values[order[order.count - 1]])
        distribution.update(order)
        if termination.isDue(best: best, median: median, worst: worst, distribution) {
            self = CMAESSearch(family, in: space, stream: stream, run: run + 1)
        }
    }
}
