import Inner

/// One worker's scratch space for a function of transformed points: the loop that all of them share.
struct TransformedRows {
    private let transform: Transform
    private var differences: [Lanes]
    private var transformed: [Lanes]

    init(_ transform: Transform) {
        self.transform = transform
        differences = Array(repeating: .zero, count: transform.blocks)
        transformed = differences
    }

    /// Writes g(z) for every row of `points`, where `value` is g and z the transformed row, padded with zeros.
    @inline(__always)
    mutating func evaluate(
        _ points: Span<Lanes>, into values: inout MutableSpan<Double>, _ value: (Span<Lanes>) -> Double
    ) {
        var (y, z): ([Lanes], [Lanes]) = ([], [])
        swap(&y, &differences)  // the buffers are lent, not copied
        swap(&z, &transformed)
        for row in values.indices {
            let first = row &* transform.blocks
            transform.apply(to: points.extracting(first..<first &+ transform.blocks), differences: &y, into: &z)
            values[row] = value(z.span)
        }
        swap(&y, &differences)
        swap(&z, &transformed)
    }
}
