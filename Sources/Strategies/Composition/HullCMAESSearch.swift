import Inner

/// One running CMA-ES of u, shown as mixtures 1/k + V u.
struct HullCMAESSearch: Search {
    private let hull: ExpertHull
    private let basis: HelmertBasis
    private let blocks: Int
    private var search: CMAESSearch
    /// The generation's u, one padded row each.
    private var free: [Lanes] = []
    /// The uniform mixture; scratch: one mixture, and what leads to it.
    private let centre: [Lanes]
    private var mixture: [Lanes]
    private var step: [Lanes]

    init(_ family: HullCMAES, in box: Box, stream: RandomStream) {
        let k = box.dimension
        let (hull, basis) = (ExpertHull(in: box), HelmertBasis(size: k))
        let reach = 1 + zip(box.lower, box.upper).reduce(.infinity) { min($0, -$1.0, $1.1 - 1) }
        let space = Box(-reach...reach, dimension: k - 1)
        let sigma = family.spread / Double(k).squareRoot() / (2 * reach)
        let points = SimplexPoints(in: box, stream: stream)
        search = CMAESSearch(CMAES(size: family.size(experts: k), sigma: sigma), in: space, stream: stream) { run in
            paddedRow(run == 0 ? Array(repeating: 0, count: k - 1) : basis.coordinates(of: points.coefficients(run)))
        }
        (self.hull, self.basis, blocks) = (hull, basis, blockCount(k - 1))
        centre = paddedRow(Array(repeating: 1 / Double(k), count: k))
        (mixture, step) = (centre, centre)
        makeRoom()
    }

    var generationSize: Int { search.generationSize }

    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        search.ask(rows, into: &free)
        for row in rows { show(row, in: &points) }
    }

    mutating func tell(_ points: Span<Lanes>, values: Span<Double>) {
        search.tell(free, values: values)
        makeRoom()
    }

    private mutating func show(_ row: Int, in points: inout MutableSpan<Lanes>) {
        let first = row &* blocks
        for block in mixture.indices { mixture[block] = centre[block] }
        basis.expand {
            free[first &+ $0 / 8][$0 % 8]
        } _: {
            step[$0 / 8][$0 % 8] = $1
        }
        hull.move(0, of: &mixture, by: 1, &step)
        for block in mixture.indices { points[row &* mixture.count &+ block] = mixture[block] }
    }

    private mutating func makeRoom() {
        let count = generationSize * blocks
        if free.count != count { free = Array(repeating: .zero, count: count) }
    }
}

/// A buffer of its own cannot be borrowed by a search that is itself in use, only lent.
extension CMAESSearch {
    fileprivate mutating func ask(_ rows: Range<Int>, into points: inout [Lanes]) {
        var span = points.mutableSpan
        ask(rows, into: &span)
    }

    fileprivate mutating func tell(_ points: [Lanes], values: Span<Double>) { tell(points.span, values: values) }
}
