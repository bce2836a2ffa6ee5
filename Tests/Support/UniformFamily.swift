import Inner
import Synchronization

/// The plainest search: every generation uniform in the box. Generation g has `sizes[g % sizes.count]` points.
public struct UniformFamily: SearchFamily {
    public let name = "uniform"
    public let isHorizonBound = false
    public let sizes: [Int]
    /// The values of every generation that was told.
    public let told = Told()

    public init(sizes: [Int]) { self.sizes = sizes }
    public init(size: Int) { self.init(sizes: [size]) }

    public final class Told: Sendable {
        private let log = Mutex<[[Double]]>([])
        public var generations: [[Double]] { log.withLock { $0 } }
        func append(_ values: [Double]) { log.withLock { $0.append(values) } }
    }

    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        UniformSearch(box: box, sizes: sizes, told: told, draws: stream.split(.move))
    }
}

private struct UniformSearch: Search {
    let box: Box
    let sizes: [Int]
    let told: UniformFamily.Told
    var draws: RandomStream
    var generation = 0

    var generationSize: Int { sizes[generation % sizes.count] }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        let blocks = blockCount(box.dimension)
        for row in rows {
            let point = (0..<box.dimension).map {
                box.lower[$0] + draws.uniform() * (box.upper[$0] - box.lower[$0])
            }
            for (block, lanes) in paddedRow(point).enumerated() { points[row * blocks + block] = lanes }
        }
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) {
        told.append(values.indices.map { values[$0] })
        generation += 1
    }
}
