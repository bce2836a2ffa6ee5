import CSimd
import Inner

/// A symmetric positive definite matrix that starts as the identity and grows by rank-one terms.
///
/// Only blocks on and above the diagonal are kept up to date. Padding rows and columns stay those of the identity.
struct PrecisionMatrix: Sendable {
    let blocks: Int
    private(set) var rows: [Lanes]

    init(blocks: Int) {
        self.blocks = blocks
        rows = Array(repeating: .zero, count: 8 * blocks * blocks)
        for row in 0..<8 * blocks { rows[row * blocks + row / 8][row % 8] = 1 }
    }

    /// A += a x x' for every x, one after the other: however they are dealt to calls, the sums are the same to the last bit.
    ///
    /// - Complexity: O(d^2) an x. Four at a time go through the matrix, which is what takes the time.
    mutating func add(_ a: Double, outer xs: [[Lanes]]) {
        var matrix: [Lanes] = []
        swap(&matrix, &rows)  // lent, not copied
        var out = matrix.mutableSpan
        var next = 0
        while next + 3 < xs.count {
            add(a, xs[next], xs[next + 1], xs[next + 2], xs[next + 3], to: &out)
            next += 4
        }
        for x in xs[next...] {
            let x = x.span
            for row in 0..<8 * blocks {
                let first = row / 8
                addScaled(a * x[first][row % 8], x, first, to: &out, row * blocks + first, blocks: blocks - first)
            }
        }
        swap(&matrix, &rows)
    }

    private func add(
        _ a: Double, _ w: [Lanes], _ x: [Lanes], _ y: [Lanes], _ z: [Lanes], to out: inout MutableSpan<Lanes>
    ) {
        let (w, x, y, z) = (w.span, x.span, y.span, z.span)
        for row in 0..<8 * blocks {
            let (first, lane) = (row / 8, row % 8)
            let (p, q) = (knee_splat(a * w[first][lane]), knee_splat(a * x[first][lane]))
            let (r, s) = (knee_splat(a * y[first][lane]), knee_splat(a * z[first][lane]))
            for block in first..<blocks {
                let one = knee_add(out[row &* blocks &+ block], knee_mul(p, w[block]))
                let two = knee_add(one, knee_mul(q, x[block]))
                out[row &* blocks &+ block] = knee_add(knee_add(two, knee_mul(r, y[block])), knee_mul(s, z[block]))
            }
        }
    }
}

/// The upper factor U of A = U'U, row by row, zeros below the diagonal.
///
/// - Complexity: O(d^3 / 3), right-looking with contiguous rows.
/// - SeeAlso: Golub & Van Loan (2013), Matrix Computations, section 4.2.
struct CholeskyFactor: Sendable {
    let blocks: Int
    private let rows: [Lanes]
    /// 1 / U_kk.
    private let inverseDiagonal: [Double]

    init(_ matrix: PrecisionMatrix) {
        let blocks = matrix.blocks
        let n = 8 * blocks
        var work = matrix.rows
        var inverse = [Double](repeating: 0, count: n)
        var pivotRow = [Lanes](repeating: .zero, count: blocks)
        for k in 0..<n {
            let first = k / 8
            let pivot = work[k * blocks + first][k % 8]
            precondition(pivot > 0, "the precision matrix lost its definiteness: pivot \(pivot) at \(k)")
            inverse[k] = 1 / pivot.squareRoot()
            for block in first..<blocks {
                pivotRow[block] = knee_mul(knee_splat(inverse[k]), work[k * blocks + block])
            }
            for lane in 0..<k % 8 { pivotRow[first][lane] = 0 }
            let x = pivotRow.span
            var rows = work.mutableSpan
            for block in first..<blocks { rows[k * blocks + block] = x[block] }
            for i in k + 1..<max(n, k + 1) {
                let factor = x[i / 8][i % 8]
                if factor == 0 { continue }
                addScaled(-factor, x, i / 8, to: &rows, i * blocks + i / 8, blocks: blocks - i / 8)
            }
        }
        self.blocks = blocks
        rows = work
        inverseDiagonal = inverse
    }

    /// y with U'y = b.   - Complexity: O(d^2).
    func solveTransposed(_ b: [Lanes]) -> [Lanes] {
        var y = b
        let rows = self.rows.span
        var out = y.mutableSpan
        for k in 0..<8 * blocks {
            let first = k / 8
            let value = out[first][k % 8] * inverseDiagonal[k]
            // The row's own lane takes value * U_kk away; it is then set to the solution.
            addScaled(-value, rows, k * blocks + first, to: &out, first, blocks: blocks - first)
            out[first][k % 8] = value
        }
        return y
    }

    /// x with U x = y.   - Complexity: O(d^2).
    func solve(_ y: [Lanes]) -> [Lanes] {
        var x = [Lanes](repeating: .zero, count: blocks)
        for k in stride(from: 8 * blocks - 1, through: 0, by: -1) {
            let first = k / 8
            let known = dot(rows.span, k * blocks + first, x.span, first, blocks: blocks - first)
            x[first][k % 8] = (y[first][k % 8] - known) * inverseDiagonal[k]
        }
        return x
    }
}
