import Inner

/// One worker's scratch space for a function of transformed points: the loop that all of them share.
struct TransformedRows {
    private let transform: Transform
    private var differences: [Lanes]
    private var transformed: [Lanes]

    init(_ transform: Transform) {
        self.transform = transform
        differences = Array(repeating: .zero, count: LinearMap.rowsAtOnce * transform.blocks)
        transformed = differences
    }

    /// Writes g(z) for every row of `points`, where `value` is g and z the transformed row, padded with zeros.
    @inline(__always)
    mutating func evaluate(
        _ points: Span<Lanes>, into values: inout MutableSpan<Double>, _ value: (Span<Lanes>) -> Double
    ) {
        let blocks = transform.blocks
        if transform.isIdentity {
            for row in values.indices { values[row] = value(points.extracting(row &* blocks..<(row &+ 1) &* blocks)) }
            return
        }
        var (y, z): ([Lanes], [Lanes]) = ([], [])
        swap(&y, &differences)  // the buffers are lent, not copied
        swap(&z, &transformed)
        var first = 0
        while first < values.count {
            let rows = min(LinearMap.rowsAtOnce, values.count &- first)
            let chunk = points.extracting(first &* blocks..<(first &+ rows) &* blocks)
            transform.apply(to: chunk, rows: rows, differences: &y, into: &z)
            for row in 0..<rows {
                values[first &+ row] = value(z.span.extracting(row &* blocks..<(row &+ 1) &* blocks))
            }
            first &+= rows
        }
        swap(&y, &differences)
        swap(&z, &transformed)
    }
}
