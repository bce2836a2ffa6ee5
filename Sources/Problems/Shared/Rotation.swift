import CSimd
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
    private let groups: Int
    /// For each block of z, one behind the other: the eight rows of R, column by column over the coordinates of its
    /// group.
    private let columns: [Lanes]

    init(dimension: Int, stream: RandomStream) {
        let blocks = blockCount(dimension)
        let groups = (blocks + Self.groupLimit - 1) / Self.groupLimit
        let matrices = (0..<groups).map { group in
            let members = stride(from: group, to: blocks, by: groups)
            let size = members.reduce(0) { $0 + min(8, dimension - 8 * $1) }
            var chance = stream.split(.instance, group)
            return orthonormalRows(count: size, using: &chance)
        }
        columns = (0..<blocks).flatMap { block in
            Self.columns(ofBlock: block / groups, of: matrices[block % groups])
        }
        self.blocks = blocks
        self.groups = groups
    }

    /// z = R y.
    @inline(__always)
    func apply(to y: Span<Lanes>, into z: inout [Lanes]) {
        let stored = self.columns
        let columns = stored.span
        var out = z.mutableSpan
        var next = 0
        for block in 0..<blocks {
            var sum = Lanes.zero
            var source = block % groups
            while source < blocks {
                let coordinates = y[source]
                for lane in 0..<8 {
                    sum = knee_add(sum, knee_mul(columns[next &+ lane], knee_splat(coordinates[lane])))
                }
                next &+= 8
                source &+= groups
            }
            out[block] = sum
        }
    }

    /// Rows 8 k ..< 8 k + 8 of `matrix` as columns, padded with zeros to whole blocks both ways.
    private static func columns(ofBlock k: Int, of matrix: [[Double]]) -> [Lanes] {
        (0..<8 * blockCount(matrix.count)).map { column in
            var lanes = Lanes.zero
            guard column < matrix.count else { return lanes }
            for row in 8 * k..<min(8 * k + 8, matrix.count) { lanes[row - 8 * k] = matrix[row][column] }
            return lanes
        }
    }
}

/// Gram-Schmidt on the rows of a Gaussian matrix, every projection taken twice: orthogonal to rounding.
///
/// - Complexity: O(n^3).
/// - SeeAlso: Giraud, Langou, Rozloznik & van den Eshof (2005), doi:10.1007/s00211-005-0615-4 (twice is enough)
private func orthonormalRows(count n: Int, using chance: inout RandomStream) -> [[Double]] {
    var rows: [[Double]] = []
    for _ in 0..<n {
        var row = (0..<n).map { _ in chance.normal() }
        for _ in 0..<2 {
            for earlier in rows {
                let projection = dot(row, earlier)
                for j in row.indices { row[j] -= projection * earlier[j] }
            }
        }
        let length = dot(row, row).squareRoot()
        rows.append(row.map { $0 / length })
    }
    return rows
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for j in a.indices { sum += a[j] * b[j] }
    return sum
}
