import CSimd
import Inner

/// The eigenvalues and eigenvectors of a symmetric matrix of order d: A = sum over k of values[k] v_k v_k'.
///
/// Reflections turn A into a tridiagonal matrix of the same eigenvalues, rotations make that diagonal. Everything works
/// on whole rows of eight lanes, so v_k is row k of `vectors`. Eigenvalues come in no particular order.
/// - Complexity: O(d^3), without allocation.
/// - SeeAlso: Martin, Reinsch & Wilkinson (1968), Householder's tridiagonalization of a symmetric matrix,
///   doi:10.1007/BF02161841; Golub & Van Loan (2013), Matrix Computations, section 8.3 (implicit QR steps).
package struct SymmetricEigen: Sendable {
    package let dimension: Int
    /// Unit eigenvectors, one padded row each, and their eigenvalues.
    package private(set) var vectors: [Lanes]
    package private(set) var values: [Double]
    private let blocks: Int
    /// The matrix while it is reduced; row k then holds the normal of reflection k.
    private var reduced: [Lanes]
    /// u'u / 2 of reflection k's normal u; 0 if there is nothing to reflect.
    private var heights: [Double]
    /// Beside the diagonal: element k is that of rows k and k + 1.
    private var beside: [Double]
    private var image: [Lanes]

    /// The identity, decomposed.
    package init(dimension: Int) {
        self.dimension = dimension
        blocks = blockCount(dimension)
        vectors = Array(repeating: .zero, count: dimension * blocks)
        values = Array(repeating: 1, count: dimension)
        reduced = vectors
        heights = Array(repeating: 0, count: dimension)
        beside = heights
        image = Array(repeating: .zero, count: blocks)
        resetVectors()
    }

    /// Replaces the decomposition by that of `matrix`, `dimension` padded rows of finite numbers.
    package mutating func decompose(_ matrix: [Lanes]) {
        for index in reduced.indices { reduced[index] = matrix[index] }
        tridiagonalise()
        accumulateReflections()
        diagonalise()
    }

    private mutating func resetVectors() {
        for index in vectors.indices { vectors[index] = .zero }
        for row in 0..<dimension { vectors[row &* blocks &+ row / 8][row % 8] = 1 }
    }

    // MARK: Reflections

    /// A <- H A H for one reflection H = I - u u' / h after the other; each clears a column below its subdiagonal.
    ///
    /// With p = A u / h and q = p - (u'p / 2h) u this is A <- A - u q' - q u'.
    private mutating func tridiagonalise() {
        for column in 0..<max(0, dimension - 2) {
            values[column] = element(column, column)
            makeNormal(column)
            guard heights[column] > 0 else { continue }
            let (normal, range) = (column &* blocks, (column &+ 1) / 8..<blocks)
            for block in range { image[block] = .zero }
            for row in column &+ 1..<dimension {
                let along = dot(reduced, row &* blocks, reduced, normal, range)
                image[row / 8][row % 8] = along / heights[column]
            }
            let half = knee_splat(dot(reduced, normal, image, 0, range) / (2 * heights[column]))
            for block in range {
                image[block] = knee_sub(image[block], knee_mul(half, reduced[normal &+ block]))
            }
            for row in column &+ 1..<dimension {
                let u = knee_splat(reduced[normal &+ row / 8][row % 8])
                let q = knee_splat(image[row / 8][row % 8])
                for block in range {
                    let change = knee_add(knee_mul(u, image[block]), knee_mul(q, reduced[normal &+ block]))
                    let place = row &* blocks &+ block
                    reduced[place] = knee_sub(reduced[place], change)
                }
            }
        }
        for row in max(0, dimension - 2)..<dimension { values[row] = element(row, row) }
        if dimension > 1 { beside[dimension - 2] = element(dimension - 1, dimension - 2) }
    }

    /// Turns row `column` into the normal that reflects it onto its element beside the diagonal.
    private mutating func makeNormal(_ column: Int) {
        let row = column &* blocks
        for before in column / 8 &* 8...column { reduced[row &+ before / 8][before % 8] = 0 }
        let range = (column &+ 1) / 8..<blocks
        let square = dot(reduced, row, reduced, row, range)
        let head = element(column, column &+ 1)
        heights[column] = 0
        beside[column] = head
        guard square > head * head else { return }
        beside[column] = head > 0 ? -square.squareRoot() : square.squareRoot()
        heights[column] = square - head * beside[column]
        reduced[row &+ (column &+ 1) / 8][(column &+ 1) % 8] = head - beside[column]
    }

    /// The product of the reflections, transposed.
    private mutating func accumulateReflections() {
        resetVectors()
        for column in (0..<max(0, dimension - 2)).reversed() where heights[column] > 0 {
            let range = (column &+ 1) / 8..<blocks
            for row in column &+ 1..<dimension {
                let along = dot(vectors, row &* blocks, reduced, column &* blocks, range)
                let length = knee_splat(along / heights[column])
                for block in range {
                    let place = row &* blocks &+ block
                    vectors[place] = knee_sub(vectors[place], knee_mul(length, reduced[column &* blocks &+ block]))
                }
            }
        }
    }

    // MARK: Rotations

    /// Implicit QR steps on the lowest block that is not diagonal yet, until there is none.
    private mutating func diagonalise() {
        var last = dimension - 1
        // Two steps an eigenvalue are usual; the bound is for matrices that are not finite.
        var steps = 60 * dimension
        while last > 0, steps > 0 {
            guard !isNegligible(last &- 1) else {
                last &-= 1
                continue
            }
            var first = last &- 1
            while first > 0, !isNegligible(first &- 1) { first &-= 1 }
            step(first, last)
            steps &-= 1
        }
    }

    private func isNegligible(_ index: Int) -> Bool {
        beside[index].magnitude <= 0x1p-53 * (values[index].magnitude + values[index &+ 1].magnitude)
    }

    /// One step on rows `first` ... `last`, shifted by the eigenvalue of the last two that is nearer to the last.
    private mutating func step(_ first: Int, _ last: Int) {
        let (half, corner) = ((values[last &- 1] - values[last]) / 2, beside[last &- 1])
        let root = (half * half + corner * corner).squareRoot()
        let shift = values[last] - corner / (half + (half < 0 ? -root : root)) * corner
        var (x, z) = (values[first] - shift, beside[first])
        for row in first..<last {
            let length = (x * x + z * z).squareRoot()
            let (c, s) = length > 0 ? (x / length, z / length) : (1, 0)
            if row > first { beside[row &- 1] = length }
            let (upper, between, lower) = (values[row], beside[row], values[row &+ 1])
            values[row] = c * c * upper + 2 * c * s * between + s * s * lower
            values[row &+ 1] = s * s * upper - 2 * c * s * between + c * c * lower
            beside[row] = c * s * (lower - upper) + (c * c - s * s) * between
            if row &+ 1 < last {
                (x, z) = (beside[row], s * beside[row &+ 1])
                beside[row &+ 1] *= c
            }
            rotate(row, c, s)
        }
    }

    /// (v_k, v_k+1) <- (c v_k + s v_k+1, c v_k+1 - s v_k).
    private mutating func rotate(_ row: Int, _ c: Double, _ s: Double) {
        let (c, s) = (knee_splat(c), knee_splat(s))
        for block in row &* blocks..<(row &+ 1) &* blocks {
            let (a, b) = (vectors[block], vectors[block &+ blocks])
            vectors[block] = knee_add(knee_mul(c, a), knee_mul(s, b))
            vectors[block &+ blocks] = knee_sub(knee_mul(c, b), knee_mul(s, a))
        }
    }

    private func element(_ row: Int, _ column: Int) -> Double { reduced[row &* blocks &+ column / 8][column % 8] }
}

/// The scalar product of two rows' blocks.
@inline(__always)
func dot(_ a: [Lanes], _ first: Int, _ b: [Lanes], _ second: Int, _ blocks: Range<Int>) -> Double {
    var sum = knee_splat(0)
    for block in blocks { sum = knee_add(sum, knee_mul(a[first &+ block], b[second &+ block])) }
    return knee_sum(sum)
}
