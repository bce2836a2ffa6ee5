import Inner

/// Points of a randomised Halton sequence: they fill the box more evenly than independent draws.
///
/// Coordinate j of point n is n written in base b_j, the j-th prime, mirrored at the point: digit a_k counts b_j^-(k+1).
/// Every digit goes through a random affine permutation, m a + s modulo b_j, of its own. Every single point is then uniform
/// in the box, and m breaks up the correlation of large bases.
///
/// The sequence begins to be more even than chance after about b_j points: in the 10th coordinate after 29, in the 100th
/// after 541, in the 10,000th after 104,729. Among coordinates beyond the budget it is like uniform random draws.
/// - SeeAlso: Halton (1960), doi:10.1007/BF01386213; Owen (2017), A randomized Halton algorithm in R, arXiv:1706.02808;
///   Matousek (1998), On the L2-discrepancy for anchored boxes, doi:10.1006/jcom.1998.0489, for affine permutations.
public struct QuasiRandom: SearchFamily {
    public init() {}

    public var name: String { "quasiRandom" }
    public var isHorizonBound: Bool { false }

    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        QuasiRandomSearch(points: ScrambledHalton(in: box, stream: stream))
    }
}

extension SearchFamily where Self == QuasiRandom {
    public static var quasiRandom: QuasiRandom { QuasiRandom() }
}

/// A generation is only what may be evaluated at once.
struct QuasiRandomSearch: Search {
    let points: ScrambledHalton
    private var first = 0

    init(points: ScrambledHalton) { self.points = points }

    var generationSize: Int { 32 }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        for row in rows { self.points.write(first &+ row, to: row, of: &points) }
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) { first += generationSize }
}
