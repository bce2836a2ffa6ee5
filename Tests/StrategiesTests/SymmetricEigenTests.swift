import Inner
import RealModule
import Strategies
import Support
import Testing

@Suite("The eigendecomposition")
struct SymmetricEigenTests {
    /// Q' diag(values) Q for a random rotation.
    private func matrix(_ values: [Double], seed: UInt64) -> [[Double]] {
        var stream = RandomStream(seed: seed)
        let q = rotation(values.count, using: &stream)
        return values.indices.map { i in
            values.indices.map { j in values.indices.reduce(0) { $0 + q[$1][i] * values[$1] * q[$1][j] } }
        }
    }

    private func decomposed(_ matrix: [[Double]]) -> SymmetricEigen {
        var eigen = SymmetricEigen(dimension: matrix.count)
        eigen.decompose(matrix.flatMap { paddedRow($0) })
        return eigen
    }

    /// The largest element of V V' - I, and of A - V' diag(values) V in units of A's largest eigenvalue.
    private func errors(_ eigen: SymmetricEigen, of matrix: [[Double]]) -> (
        orthogonality: Double, reconstruction: Double
    ) {
        let (d, v) = (
            matrix.count, matrix.indices.map { eigen.vectors.span.coordinates(row: $0, dimension: matrix.count) }
        )
        var (orthogonality, reconstruction) = (0.0, 0.0)
        for i in 0..<d {
            for j in 0...i {
                let product = (0..<d).reduce(0) { $0 + v[i][$1] * v[j][$1] }
                orthogonality = max(orthogonality, (product - (i == j ? 1 : 0)).magnitude)
                let element = (0..<d).reduce(0) { $0 + v[$1][i] * eigen.values[$1] * v[$1][j] }
                reconstruction = max(reconstruction, (matrix[i][j] - element).magnitude)
            }
        }
        let scale = eigen.values.reduce(0) { max($0, $1.magnitude) }
        return (orthogonality, scale > 0 ? reconstruction / scale : reconstruction)
    }

    @Test("gives orthogonal vectors that make up the matrix again", arguments: [1, 2, 3, 7, 8, 9, 17, 40])
    func laws(dimension d: Int) {
        var stream = RandomStream(seed: UInt64(d))
        let spectra: [[Double]] = [
            (0..<d).map { _ in stream.normal() },
            (0..<d).map { Double.pow(1e14, -Double($0) / Double(d)) },
            (0..<d).map { $0 < d / 2 ? 1 : 2 },
            (0..<d).map { $0 == 0 ? 1e6 : 0 },
            Array(repeating: 0, count: d),
            Array(repeating: -3, count: d),
        ]
        for spectrum in spectra {
            let matrix = matrix(spectrum, seed: UInt64(d))
            let eigen = decomposed(matrix)
            let (orthogonality, reconstruction) = errors(eigen, of: matrix)
            #expect(orthogonality < 1e-14 * Double(10 + d) && reconstruction < 1e-14 * Double(10 + d))
            let scale = spectrum.reduce(1e-300) { max($0, $1.magnitude) }
            for (found, value) in zip(eigen.values.sorted(), spectrum.sorted()) {
                #expect((found - value).magnitude < 1e-14 * Double(10 + d) * scale)
            }
        }
    }

    @Test("finds the eigenvalues of second differences, 2 - 2 cos(k pi / (d + 1))", arguments: [2, 8, 21, 40])
    func secondDifferences(dimension d: Int) {
        let matrix = (0..<d).map { i in (0..<d).map { $0 == i ? 2.0 : abs($0 - i) == 1 ? -1.0 : 0.0 } }
        let known = (1...d).map { 2 - 2 * Double.cos(Double($0) * .pi / Double(d + 1)) }
        for (found, value) in zip(decomposed(matrix).values.sorted(), known) {
            #expect((found - value).magnitude < 1e-13)
        }
    }

    @Test("a wrong element is noticed")
    func twin() {
        var matrix = matrix((0..<9).map(Double.init), seed: 3)
        let eigen = decomposed(matrix)
        matrix[4][2] += 1e-9
        #expect(errors(eigen, of: matrix).reconstruction > 1e-11)
    }
}

/// A random orthogonal matrix, by rows.
func rotation(_ dimension: Int, using stream: inout RandomStream) -> [[Double]] {
    var rows: [[Double]] = []
    while rows.count < dimension {
        var row = (0..<dimension).map { _ in stream.normal() }
        // Twice, so that rounding leaves nothing of the others.
        for other in rows + rows {
            let along = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
            row = zip(row, other).map { $0 - along * $1 }
        }
        let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        rows.append(row.map { $0 / length })
    }
    return rows
}
