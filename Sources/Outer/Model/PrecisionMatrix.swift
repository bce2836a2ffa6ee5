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
    /// - Parameter xs: rows, one behind the other.
    /// - Complexity: O(d^2) an x. Eight at a time go through the matrix, which is what takes the time.
    mutating func add(_ a: Double, outer xs: [Lanes]) {
        var matrix: [Lanes] = []
        swap(&matrix, &rows)  // lent, not copied
        let count = xs.count / blocks
        var out = matrix.mutableSpan
        var panel = [Lanes](repeating: .zero, count: 8 * blocks)
        for start in stride(from: 0, to: count - 7, by: 8) {
            for index in panel.indices { panel[index] = xs[(start + index % 8) * blocks + index / 8] }
            let x = panel.span
            for row in 0..<8 * blocks {
                let first = row / 8
                let factors = knee_mul(knee_splat(a), column(x, 8 * first, row % 8))
                addEight(factors, x, first, to: &out, row * blocks + first, blocks: blocks - first)
            }
        }
        for start in stride(from: count / 8 * 8 * blocks, to: count * blocks, by: blocks) {
            let x = xs.span
            for row in 0..<8 * blocks {
                let first = row / 8
                let factor = a * x[start + first][row % 8]
                addScaled(factor, x, start + first, to: &out, row * blocks + first, blocks: blocks - first)
            }
        }
        swap(&matrix, &rows)
    }
}

/// The upper factor U of A = U'U, row by row, zeros below the diagonal.
///
/// - Complexity: O(d^3 / 3), right-looking, eight rows at a time.
/// - SeeAlso: Golub & Van Loan (2013), Matrix Computations, section 4.2.
struct CholeskyFactor: Sendable {
    let blocks: Int
    private let rows: [Lanes]
    /// 1 / U_kk.
    private let inverseDiagonal: [Double]

    init(_ matrix: PrecisionMatrix) {
        let blocks = matrix.blocks
        var work = matrix.rows
        var inverse = [Double](repeating: 0, count: 8 * blocks)
        var panel = [Lanes](repeating: .zero, count: 8 * blocks)
        for first in 0..<blocks {
            // Eight rows of U, from the diagonal on; then what they leave of the rows below.
            for index in 8 * first..<8 * blocks { panel[index] = work[(8 * first + index % 8) * blocks + index / 8] }
            Self.factorise(&panel, first, &inverse)
            for index in 8 * first..<8 * blocks { work[(8 * first + index % 8) * blocks + index / 8] = panel[index] }
            let x = panel.span
            var rows = work.mutableSpan
            for row in 8 * (first + 1)..<8 * blocks {
                let block = row / 8
                let factors = knee_sub(knee_splat(0), column(x, 8 * block, row % 8))
                addEight(factors, x, block, to: &rows, row * blocks + block, blocks: blocks - block)
            }
        }
        self.blocks = blocks
        rows = work
        inverseDiagonal = inverse
    }

    /// Makes eight rows of A, in tiles of which `first` has the diagonal, rows of U.
    private static func factorise(_ panel: inout [Lanes], _ first: Int, _ inverse: inout [Double]) {
        var out = panel.mutableSpan
        for row in 0..<8 {
            let pivot = out[8 * first + row][row]
            precondition(pivot > 0, "the precision matrix lost its definiteness: pivot \(pivot) at \(8 * first + row)")
            let scale = 1 / pivot.squareRoot()
            inverse[8 * first + row] = scale
            for lane in 0..<row { out[8 * first + row][lane] = 0 }
            for start in stride(from: 8 * first, to: out.count, by: 8) {
                out[start + row] = knee_mul(knee_splat(scale), out[start + row])
            }
            for later in row + 1..<8 {
                let factor = knee_splat(-out[8 * first + row][later])
                for start in stride(from: 8 * first, to: out.count, by: 8) {
                    out[start + later] = knee_add(out[start + later], knee_mul(factor, out[start + row]))
                }
            }
        }
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

    /// Y with U'Y = B, for several b at once: eight rows of U go through all of them.   - Complexity: O(d^2) each.
    func solveTransposed(_ bs: [[Lanes]]) -> [[Lanes]] {
        // A row of Y an unknown, a lane a b.
        let width = blockCount(bs.count)
        var y = [Lanes](repeating: .zero, count: 8 * blocks * width)
        for (index, b) in bs.enumerated() {
            for k in 0..<8 * blocks { y[k * width + index / 8][index % 8] = b[k / 8][k % 8] }
        }
        let rows = self.rows.span
        var panel = [Lanes](repeating: .zero, count: 8 * width)
        for first in 0..<blocks {
            for index in panel.indices {
                let (block, k) = (index / 8, 8 * first + index % 8)
                var value = y[k * width + block]
                for earlier in 0..<index % 8 {
                    let factor = knee_splat(rows[(8 * first + earlier) * blocks + first][index % 8])
                    value = knee_sub(value, knee_mul(factor, panel[8 * block + earlier]))
                }
                panel[index] = knee_mul(knee_splat(inverseDiagonal[k]), value)
                y[k * width + block] = panel[index]
            }
            let x = panel.span
            var out = y.mutableSpan
            for k in 8 * (first + 1)..<8 * blocks {
                let column = column(rows, 8 * first * blocks + k / 8, k % 8, stride: blocks)
                addEight(knee_sub(knee_splat(0), column), x, 0, to: &out, k * width, blocks: width)
            }
        }
        return bs.indices.map { index in
            (0..<blocks).map { block in column(y.span, 8 * block * width + index / 8, index % 8, stride: width) }
        }
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
