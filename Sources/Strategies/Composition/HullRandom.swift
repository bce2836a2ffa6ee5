import CSimd
import Inner
import RealModule

/// Uniform random mixtures of k experts: what every search of their hull has to beat.
///
/// c = e / sum e,  e_j ~ Exp(1): Dirichlet(1, ..., 1), the uniform law on the simplex of coefficients.
/// - Complexity: O(k) a point.
/// - SeeAlso: Devroye (1986), Non-Uniform Random Variate Generation, chapter XI.4, doi:10.1007/978-1-4613-8643-8
public struct HullRandom: SearchFamily {
    public init() {}

    public var name: String { "hullRandom" }
    public var isHorizonBound: Bool { false }

    /// - Precondition: the box holds 0 ... 1 in every coordinate.
    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        HullRandomSearch(points: SimplexPoints(in: box, stream: stream))
    }
}

extension SearchFamily where Self == HullRandom {
    public static var hullRandom: HullRandom { HullRandom() }
}

/// Point k is simplex point k: a generation is only what may be evaluated at once.
struct HullRandomSearch: Search {
    let points: SimplexPoints
    private var first = 0

    init(points: SimplexPoints) { self.points = points }

    var generationSize: Int { 32 }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        for row in rows { self.points.write(first &+ row, to: row, of: &points) }
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) { first += generationSize }
}
