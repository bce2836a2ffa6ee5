import CSimd
import Inner

/// A square matrix as its columns, one padded row each, one behind the other.
struct SquareMatrix: Sendable {
    let dimension: Int
    let blocks: Int
    private(set) var columns: [Lanes]

    init(dimension: Int, columns: [Lanes]) {
        self.dimension = dimension
        blocks = blockCount(dimension)
        self.columns = columns
        precondition(columns.count == dimension * blocks, "\(columns.count) blocks for \(dimension) columns")
    }

    /// The vectors made orthonormal, in order, as columns: modified Gram-Schmidt, every projection taken `passes` times.
    ///
    /// - Complexity: O(n^3).
    /// - SeeAlso: Giraud, Langou, Rozloznik & van den Eshof (2005), doi:10.1007/s00211-005-0615-4 (twice is enough for
    ///   orthogonality to rounding)
    init(orthonormalising vectors: [[Double]], passes: Int) {
        self.init(dimension: vectors.count, columns: vectors.flatMap { paddedRow($0) })
        for column in 0..<dimension {
            for _ in 0..<passes {
                for earlier in 0..<column { add(-dot(column, earlier), times: earlier, to: column) }
            }
            scale(column, by: 1 / dot(column, column).squareRoot())
        }
    }

    /// diag(factors) M: every row times its factor.
    func scalingRows(by factors: [Double]) -> SquareMatrix {
        let row = paddedRow(factors)
        return SquareMatrix(
            dimension: dimension, columns: columns.indices.map { knee_mul(columns[$0], row[$0 % blocks]) })
    }

    /// The product of two matrices of equal dimension: this map applied to every column of the other.
    ///
    /// - Complexity: O(n^3).
    func times(_ other: SquareMatrix) -> SquareMatrix {
        var product = [Lanes](repeating: .zero, count: columns.count)
        var out = product.mutableSpan
        LinearMap(self).apply(to: other.columns.span, into: &out, rows: dimension, width: blocks)
        return SquareMatrix(dimension: dimension, columns: product)
    }

    /// M v.
    func times(_ vector: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: dimension)
        for (column, factor) in vector.enumerated() {
            for row in 0..<dimension { sums[row] += columns[column * blocks + row / 8][row % 8] * factor }
        }
        return sums
    }

    /// M' v: the dot product of every column with a padded row.
    func transposedTimes(_ vector: [Double]) -> [Double] {
        let v = paddedRow(vector)
        return (0..<dimension).map { column in
            var sum = Lanes.zero
            for block in 0..<blocks { sum = knee_add(sum, knee_mul(columns[column * blocks + block], v[block])) }
            return knee_sum(sum)
        }
    }

    /// One row, as plain numbers.
    func row(_ row: Int) -> [Double] { (0..<dimension).map { columns[$0 * blocks + row / 8][row % 8] } }

    private func dot(_ a: Int, _ b: Int) -> Double {
        var sum = Lanes.zero
        for block in 0..<blocks {
            sum = knee_add(sum, knee_mul(columns[a * blocks + block], columns[b * blocks + block]))
        }
        return knee_sum(sum)
    }

    private mutating func add(_ factor: Double, times source: Int, to target: Int) {
        let factor = knee_splat(factor)
        for block in 0..<blocks {
            let term = knee_mul(factor, columns[source * blocks + block])
            columns[target * blocks + block] = knee_add(columns[target * blocks + block], term)
        }
    }

    private mutating func scale(_ column: Int, by factor: Double) {
        for block in column * blocks..<(column + 1) * blocks {
            columns[block] = knee_mul(columns[block], knee_splat(factor))
        }
    }
}
