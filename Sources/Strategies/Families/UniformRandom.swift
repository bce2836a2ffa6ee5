import Inner

/// Uniform random search: what every other family has to beat.
///
/// - SeeAlso: Brooks (1958), A Discussion of Random Methods for Seeking Maxima, doi:10.1287/opre.6.2.244
public struct UniformRandom: SearchFamily {
    public init() {}

    public var name: String { "uniformRandom" }
    public var isHorizonBound: Bool { false }

    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        UniformRandomSearch(points: InitialPoints(in: box, stream: stream), blocks: blockCount(box.dimension))
    }
}

extension SearchFamily where Self == UniformRandom {
    public static var uniformRandom: UniformRandom { UniformRandom() }
}

/// Point k is initial point k: a generation is only what may be evaluated at once.
struct UniformRandomSearch: Search {
    let points: InitialPoints
    let blocks: Int
    private var first = 0

    init(points: InitialPoints, blocks: Int) { (self.points, self.blocks) = (points, blocks) }

    var generationSize: Int { 32 }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        for row in rows {
            for block in 0..<blocks { points[row &* blocks &+ block] = self.points(first &+ row, block: block) }
        }
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) { first += generationSize }
}
