import Inner
import RealModule

/// f(x) = sum of condition^(j / (d - 1)) z_j^2, z = R x, j = 0 ... d - 1, over [-5, 5]^d, with the identity or a random
/// rotation as R.
public struct EllipsoidProblem: PureProblem {
    public let name = "ellipsoid"
    public let box: Box
    private let rows: [[Double]]
    private let weights: [Double]

    /// - Parameter seed: that of the rotation; nil for none.
    public init(dimension: Int, condition: Double, rotation seed: UInt64?) {
        box = Box(-5...5, dimension: dimension)
        weights = (0..<dimension).map { .pow(condition, Double($0) / Double(max(dimension - 1, 1))) }
        rows = seed.map { Self.rotation(dimension, RandomStream(seed: $0)) } ?? Self.identity(dimension)
    }

    public func makeObjective() -> Evaluator { Evaluator(rows: rows, weights: weights) }

    public struct Evaluator: Objective {
        let rows: [[Double]]
        let weights: [Double]

        public func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
            let dimension = weights.count
            for row in 0..<values.count {
                values[row] = 0
                for j in 0..<dimension {
                    var z = 0.0
                    for k in 0..<dimension {
                        z += rows[j][k] * points.coordinate(row: row, column: k, dimension: dimension)
                    }
                    values[row] += weights[j] * z * z
                }
            }
        }
    }

    private static func identity(_ dimension: Int) -> [[Double]] {
        (0..<dimension).map { j in (0..<dimension).map { j == $0 ? 1 : 0 } }
    }

    /// Orthonormal rows, uniform among all: normal vectors, made orthogonal one after the other.
    private static func rotation(_ dimension: Int, _ stream: RandomStream) -> [[Double]] {
        var (draws, rows): (RandomStream, [[Double]]) = (stream, [])
        for _ in 0..<dimension {
            var row = (0..<dimension).map { _ in draws.normal() }
            for other in rows {
                let overlap = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
                row = zip(row, other).map { $0 - overlap * $1 }
            }
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            rows.append(row.map { $0 / length })
        }
        return rows
    }
}
