import CSimd
import Inner

/// Uniform points of a box, any of them by its number.
///
/// Every family begins with those of its stream, so families that share a stream share their initial points: differences
/// between them are then not differences of luck at the start.
struct InitialPoints: Sendable {
    private let stream: RandomStream
    private let lower: [Lanes]
    private let upper: [Lanes]
    private let width: [Lanes]

    /// - Parameters:
    ///   - stream: that of the search.
    ///   - which: 0 for where a search starts; others are further draws.
    init(in box: Box, stream: RandomStream, _ which: Int = 0) {
        self.stream = stream.split(.initial, which)
        lower = paddedRow(box.lower)
        upper = paddedRow(box.upper)
        width = paddedRow(zip(box.upper, box.lower).map { $0 - $1 })
    }

    /// Block `block` of point `number`; padding is zero.
    @inline(__always)
    func callAsFunction(_ number: Int, block: Int) -> Lanes { self.block(block, key(number)) }

    /// What all blocks of point `number` are made from.
    @inline(__always)
    func key(_ number: Int) -> UInt64 { stream.key(of: number) }

    @inline(__always)
    func block(_ block: Int, _ key: UInt64) -> Lanes {
        let u = knee_uniform52(knee_splitmix(key, UInt64(block &* 8)))
        return knee_min(knee_add(lower[block], knee_mul(u, width[block])), upper[block])
    }

    /// Point `number` as one padded row.
    func row(_ number: Int) -> [Lanes] { lower.indices.map { self(number, block: $0) } }

    /// Point `number` as plain coordinates.
    func coordinates(_ number: Int, dimension: Int) -> [Double] {
        (0..<dimension).map { self(number, block: $0 / 8)[$0 % 8] }
    }
}
