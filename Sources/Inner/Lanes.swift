/// Eight coordinates that are computed together.
///
/// A point of dimension d is a row of `blockCount(d)` blocks; the last block is padded with zeros.
/// A batch of points is its rows, one behind the other, in one contiguous buffer.
public typealias Lanes = SIMD8<Double>

/// Blocks of eight that a row of `dimension` coordinates takes.
@inlinable
public func blockCount(_ dimension: Int) -> Int { (dimension + 7) / 8 }

extension Span where Element == Lanes {
    /// Coordinate `column` of row `row`, for rows of `dimension` coordinates.
    @inlinable
    public func coordinate(row: Int, column: Int, dimension: Int) -> Double {
        self[row &* blockCount(dimension) &+ column / 8][column % 8]
    }

    /// Row `row` as plain coordinates, without the padding.
    public func coordinates(row: Int, dimension: Int) -> [Double] {
        (0..<dimension).map { coordinate(row: row, column: $0, dimension: dimension) }
    }
}

/// A plain point as one padded row.
public func paddedRow(_ point: [Double], padding: Double = 0) -> [Lanes] {
    var row = [Lanes](repeating: Lanes(repeating: padding), count: blockCount(point.count))
    for (column, value) in point.enumerated() { row[column / 8][column % 8] = value }
    return row
}
