import CSimd
import Inner

/// z = R (x - o): what makes an instance of a function.
///
/// Instance 0 has the classical optimum and no rotation. Any other instance draws o uniformly in the middle 80 % of the
/// box and R by `Rotation`; both are a pure function of the function's number, the instance and the box.
/// - SeeAlso: Hansen et al. (2021), COCO: a platform for comparing continuous optimizers,
///   doi:10.1080/10556788.2020.1808977
struct Transform: Sendable {
    let optimum: [Double]
    let blocks: Int
    /// True where z is x itself.
    let isIdentity: Bool
    private let origin: [Lanes]
    private let rotation: Rotation?

    /// - Parameters:
    ///   - number: the function's own, which names the streams of its instances: append, never renumber.
    ///   - classical: every coordinate of the optimum of instance 0.
    init(number: Int, instance: Int, in box: Box, classical: Double = 0) {
        precondition(instance >= 0, "instances count from 0, so \(instance) is none")
        let chance = RandomStream(seed: UInt64(instance)).split(.instance, number)
        if instance == 0 {
            optimum = Array(repeating: classical, count: box.dimension)
            rotation = nil
        } else {
            var shift = chance.split(.instance, 0)
            optimum = zip(box.lower, box.upper).map { $0 + (0.1 + 0.8 * shift.uniform()) * ($1 - $0) }
            rotation = Rotation(dimension: box.dimension, stream: chance.split(.instance, 1))
        }
        origin = paddedRow(optimum)
        isIdentity = rotation == nil && optimum.allSatisfy { $0 == 0 }
        blocks = blockCount(box.dimension)
    }

    /// Writes z of `rows` padded rows; lanes of padding stay zero. `differences` is scratch space of the same size.
    ///
    /// - Complexity: O(d) a row, with a rotation O(d min(d, 128)).
    @inline(__always)
    func apply(to x: Span<Lanes>, rows: Int, differences: inout [Lanes], into z: inout [Lanes]) {
        let origin = self.origin
        guard let rotation else { return subtract(origin.span, from: x, rows: rows, into: &z) }
        subtract(origin.span, from: x, rows: rows, into: &differences)
        var out = z.mutableSpan
        rotation.apply(to: differences.span, into: &out, rows: rows)
    }

    @inline(__always)
    private func subtract(_ origin: Span<Lanes>, from x: Span<Lanes>, rows: Int, into difference: inout [Lanes]) {
        var out = difference.mutableSpan
        for row in 0..<rows {
            for block in 0..<blocks {
                out[row &* blocks &+ block] = knee_sub(x[row &* blocks &+ block], origin[block])
            }
        }
    }
}
