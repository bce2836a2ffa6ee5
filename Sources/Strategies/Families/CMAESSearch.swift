import CSimd
import Inner

/// One running CMA-ES: run after run, each from a further start and with twice the points of the one before.
///
/// The distribution knows no bounds: `MirroredBox` brings its points into the box. Decisions rest on ranks alone, but for
/// the tolerance of values in `CMAESTermination`.
struct CMAESSearch: Search {
    private let family: CMAES
    private let space: Box
    private let stream: RandomStream
    private let run: Int
    private let starts: Starts
    private let box: MirroredBox
    private let blocks: Int
    private var distribution: CMAESDistribution
    private var termination: CMAESTermination
    /// The generation's points, best first.
    private var order: [Int]

    /// The first mean of a run, one padded row.
    typealias Starts = @Sendable (_ run: Int) -> [Lanes]

    /// Runs begin at the initial points of all families.
    init(_ family: CMAES, in space: Box, stream: RandomStream) {
        let points = InitialPoints(in: space, stream: stream)
        self.init(family, in: space, stream: stream) { points.row($0) }
    }

    /// - Parameter run: 0 for the first, then one more a restart.
    init(_ family: CMAES, in space: Box, stream: RandomStream, run: Int = 0, starts: @escaping Starts) {
        (self.family, self.space, self.stream, self.run, self.starts) = (family, space, stream, run, starts)
        box = MirroredBox(space)
        blocks = blockCount(space.dimension)
        let size = family.size << run
        distribution = CMAESDistribution(
            mean: box.preimage(starts(run)), sigma: family.sigma, width: box.width, dimension: space.dimension,
            size: size)
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
            self = CMAESSearch(family, in: space, stream: stream, run: run + 1, starts: starts)
        }
    }
}
