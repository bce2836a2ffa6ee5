import CSimd
import Inner

/// z = M y for batches of padded rows; may act on every `step`-th block of them only.
struct LinearMap: Sendable {
    /// Rows that share one pass over the matrix: their sums are independent, and the matrix is read once for all.
    static let rowsAtOnce = 4

    private let blocks: Int
    /// For each block of z, one behind the other: the eight rows of M, column by column, padded with zero columns.
    private let entries: [Lanes]

    init(_ matrix: SquareMatrix) {
        blocks = matrix.blocks
        entries = (0..<matrix.blocks).flatMap { block in
            (0..<8 * matrix.blocks).map {
                $0 < matrix.dimension ? matrix.columns[$0 * matrix.blocks + block] : Lanes.zero
            }
        }
    }

    /// Maps `rows` rows of `width` blocks: of each the blocks `first`, `first + step`, ...
    ///
    /// - Complexity: O(rows n^2).
    @inline(__always)
    func apply(
        to y: Span<Lanes>, into z: inout MutableSpan<Lanes>, rows: Int, width: Int, first: Int = 0, step: Int = 1
    ) {
        let stored = self.entries
        let entries = stored.span
        var row = 0
        while row &+ Self.rowsAtOnce <= rows {
            let start = row &* width &+ first
            for block in 0..<blocks {
                var sums = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
                var next = block &* blocks &* 8
                for source in 0..<blocks {
                    let at = start &+ source &* step
                    let (a, b) = (y[at], y[at &+ width])
                    let (c, d) = (y[at &+ 2 &* width], y[at &+ 3 &* width])
                    for lane in 0..<8 {
                        let column = entries[next &+ lane]
                        sums.0 = knee_add(sums.0, knee_mul(column, knee_splat(a[lane])))
                        sums.1 = knee_add(sums.1, knee_mul(column, knee_splat(b[lane])))
                        sums.2 = knee_add(sums.2, knee_mul(column, knee_splat(c[lane])))
                        sums.3 = knee_add(sums.3, knee_mul(column, knee_splat(d[lane])))
                    }
                    next &+= 8
                }
                let at = start &+ block &* step
                z[at] = sums.0
                z[at &+ width] = sums.1
                z[at &+ 2 &* width] = sums.2
                z[at &+ 3 &* width] = sums.3
            }
            row &+= Self.rowsAtOnce
        }
        while row < rows {
            applyToOne(y, row &* width &+ first, into: &z, step, entries)
            row &+= 1
        }
    }

    @inline(__always)
    private func applyToOne(
        _ y: Span<Lanes>, _ start: Int, into z: inout MutableSpan<Lanes>, _ step: Int, _ entries: Span<Lanes>
    ) {
        for block in 0..<blocks {
            var sum = Lanes.zero
            var next = block &* blocks &* 8
            for source in 0..<blocks {
                let coordinates = y[start &+ source &* step]
                for lane in 0..<8 {
                    sum = knee_add(sum, knee_mul(entries[next &+ lane], knee_splat(coordinates[lane])))
                }
                next &+= 8
            }
            z[start &+ block &* step] = sum
        }
    }
}
