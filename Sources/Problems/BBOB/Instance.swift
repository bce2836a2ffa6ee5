import Inner
import RealModule

extension BBOB {
    /// What the suite draws for one function, dimension and instance.
    struct Instance: Sendable {
        let dimension: Int
        /// The seed of everything below. f4 shares that of f3, f18 that of f17.
        let seed: Int
        /// f_opt: a quotient of normals, in hundredths, within -1000 ... 1000.
        let optimumValue: Double

        init(number: Int, dimension: Int, instance: Int) {
            precondition(BBOB.dimensions.contains(dimension), "no BBOB function has a dimension of \(dimension)")
            precondition(BBOB.instances.contains(instance), "the suite has no instance \(instance)")
            self.dimension = dimension
            seed = [4: 3, 18: 17][number, default: number] + 10_000 * instance
            let quotient = SuiteRandom.normals(1, seed: seed)[0] / SuiteRandom.normals(1, seed: seed + 1)[0]
            optimumValue = min(1000, max(-1000, (10_000 * quotient + 0.5).rounded(.down) / 100))
        }

        /// x_opt of most functions: uniform in [-4, 4]^D, in steps of 8e-4, never 0.
        func optimumPoint(seedOffset: Int = 0) -> [Double] {
            SuiteRandom.uniforms(dimension, seed: seed + seedOffset).map {
                let x = 8 * (1e4 * $0).rounded(.down) / 1e4 - 4
                return x == 0 ? -1e-5 : x
            }
        }

        /// R and Q, independent rotations: the orthonormalised columns of Gaussian matrices.
        var r: SquareMatrix { rotation(seed: seed + 1_000_000) }
        var q: SquareMatrix { rotation(seed: seed) }

        private func rotation(seed: Int) -> SquareMatrix {
            let normals = SuiteRandom.normals(dimension * dimension, seed: seed)
            let columns = (0..<dimension).map { Array(normals[$0 * dimension..<($0 + 1) * dimension]) }
            return SquareMatrix(orthonormalising: columns, passes: 1)
        }

        /// a^(i / (D - 1)) for i = 0 ..< D.
        func powers(_ a: Double) -> [Double] {
            (0..<dimension).map { Double.pow(a, Double($0) / Double(dimension - 1)) }
        }

        /// The diagonal of Lambda^alpha: alpha^(i / (2 (D - 1))).
        func lambda(_ alpha: Double) -> [Double] { powers(alpha.squareRoot()) }

        /// beta i / (D - 1): the exponents of T_asy^beta.
        func asymmetry(_ beta: Double) -> Step {
            .stretch(paddedRow((0..<dimension).map { beta * Double($0) / Double(dimension - 1) }))
        }

        /// The same number in every coordinate, 0 in the padding.
        func constant(_ value: Double) -> [Lanes] { paddedRow(Array(repeating: value, count: dimension)) }

        /// 1 for coordinates that have a next one, else 0.
        var hasNext: [Lanes] { paddedRow((0..<dimension).map { $0 < dimension - 1 ? 1 : 0 }) }
    }
}
