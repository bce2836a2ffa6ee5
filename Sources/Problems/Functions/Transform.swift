import CSimd
import Inner

/// z = R (x - o) + m: a rotation about the optimum o, which goes to m.
///
/// R is a random rotation of up to 256 coordinates; beyond, it rotates consecutive groups of 256 each on its own, since a full
/// matrix would cost O(d^2) an evaluation.
/// - SeeAlso: Ait ElHara, Auger & Hansen (2016), Permuted orthogonal block-diagonal transformation matrices for large scale
///   optimization benchmarking, doi:10.1145/2908812.2908937
struct Transform: Sendable {
    static let groupSize = 256

    let dimension: Int
    private let isIdentity: Bool
    private let origin: [Lanes]
    private let target: [Lanes]
    /// One group behind the other; in a group one padded row for every column of its matrix.
    private let columns: [Lanes]

    /// z = x.
    init(dimension: Int) {
        self.dimension = dimension
        isIdentity = true
        (origin, target, columns) = ([], [], [])
    }

    /// A random rotation about `point`, which goes to `target` in every coordinate.
    init(from point: [Double], to target: Double, stream: RandomStream) {
        dimension = point.count
        isIdentity = false
        origin = paddedRow(point)
        self.target = paddedRow(Array(repeating: target, count: point.count))
        var columns: [Lanes] = []
        for (group, start) in stride(from: 0, to: point.count, by: Self.groupSize).enumerated() {
            let size = min(Self.groupSize, point.count - start)
            for column in Self.rotation(size, stream.split(.instance, group)) { columns += paddedRow(column) }
        }
        self.columns = columns
    }

    /// Writes z of row `row` of `points`; padding stays zero.   - Complexity: O(d min(d, 256)).
    func apply(_ points: Span<Lanes>, row: Int, into z: inout MutableSpan<Lanes>) {
        let blocks = blockCount(dimension)
        let first = row * blocks
        if isIdentity {
            for block in 0..<blocks { z[block] = points[first + block] }
            return
        }
        for block in 0..<blocks { z[block] = target[block] }
        var column = 0
        for start in stride(from: 0, to: dimension, by: Self.groupSize) {
            let size = min(Self.groupSize, dimension - start)
            let (width, offset) = (blockCount(size), start / 8)
            for j in 0..<size {
                let x = points[first + offset + j / 8][j % 8] - origin[offset + j / 8][j % 8]
                let distance = knee_splat(x)
                for block in 0..<width {
                    z[offset + block] = knee_add(z[offset + block], knee_mul(distance, columns[column + block]))
                }
                column += width
            }
        }
    }

    /// The columns of a random orthogonal matrix: a Gaussian matrix, orthonormalised (modified Gram-Schmidt, twice).
    ///
    /// - SeeAlso: Stewart (1980), doi:10.1137/0717034
    private static func rotation(_ size: Int, _ stream: RandomStream) -> [[Double]] {
        var draws = stream
        var columns = (0..<size).map { _ in (0..<size).map { _ in draws.normal() } }
        for index in columns.indices {
            for _ in 0..<2 {
                for earlier in 0..<index {
                    let share = inner(columns[index], columns[earlier])
                    for row in 0..<size { columns[index][row] -= share * columns[earlier][row] }
                }
            }
            let length = inner(columns[index], columns[index]).squareRoot()
            for row in 0..<size { columns[index][row] /= length }
        }
        return columns
    }

    private static func inner(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }
}
