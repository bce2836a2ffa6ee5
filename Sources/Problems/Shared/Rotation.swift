import Inner

/// A random orthogonal matrix, uniform in the sense of Haar, ready to be applied to padded rows.
///
/// Up to 128 coordinates it turns all of them together. Beyond, it is block-diagonal: G groups of at most 128
/// coordinates, the blocks of eight g, g + G, g + 2G, ... being group g, so that every group spans the whole index
/// range and cost grows as d.
/// - SeeAlso: Varelas et al. (2020), Benchmarking large-scale continuous optimizers, doi:10.1016/j.asoc.2020.106737
struct Rotation: Sendable {
    /// Blocks of eight that are turned together.
    static let groupLimit = 16

    private let blocks: Int
    private let groups: [LinearMap]

    init(dimension: Int, stream: RandomStream) {
        let blocks = blockCount(dimension)
        let count = (blocks + Self.groupLimit - 1) / Self.groupLimit
        self.blocks = blocks
        groups = (0..<count).map { group in
            let size = stride(from: group, to: blocks, by: count).reduce(0) { $0 + min(8, dimension - 8 * $1) }
            var chance = stream.split(.instance, group)
            let gaussian = (0..<size).map { _ in (0..<size).map { _ in chance.normal() } }
            return LinearMap(SquareMatrix(orthonormalising: gaussian, passes: 2))
        }
    }

    /// z = R y for `rows` rows.
    @inline(__always)
    func apply(to y: Span<Lanes>, into z: inout MutableSpan<Lanes>, rows: Int) {
        for group in groups.indices {
            groups[group].apply(to: y, into: &z, rows: rows, width: blocks, first: group, step: groups.count)
        }
    }
}
