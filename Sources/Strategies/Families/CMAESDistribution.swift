import CSimd
import Inner
import RealModule

/// The normal distribution N(m, sigma^2 C) that CMA-ES draws from and adapts.
///
/// The mean has the coordinates of the problem; steps y ~ N(0, C) and sigma are in units of the box's width, per
/// coordinate. Rows are padded with zeros.
/// - Complexity: O(d^2) a point, O(d^3) a decomposition, which is delayed until C has changed by enough;
///   memory 24 d^2 bytes.
/// - SeeAlso: Hansen & Ostermeier (2001), Completely derandomized self-adaptation in evolution strategies,
///   doi:10.1162/106365601750190398; Hansen (2016), The CMA Evolution Strategy: A Tutorial, arXiv:1604.00772.
package struct CMAESDistribution: Sendable {
    package let parameters: CMAESParameters
    package let dimension: Int
    let blocks: Int
    /// Widths of the box.
    let width: [Lanes]
    package private(set) var mean: [Lanes]
    package private(set) var sigma: Double
    /// C, d rows, and its decomposition when it was last made.
    package private(set) var covariance: [Lanes]
    private(set) var eigen: SymmetricEigen
    /// Row k is sqrt(value k) times eigenvector k.
    private var axes: [Lanes]
    /// p_sigma and p_c.
    private var stepPath: [Lanes]
    private(set) var path: [Lanes]
    /// Generations absorbed.
    package private(set) var generation = 0

    /// Steps y of the generation's points, one row each, and the squared lengths of what they were drawn from.
    private(set) var steps: [Lanes]
    private var squares: [Double]
    /// Scratch: one row; one point's normal numbers; coefficients by rank, for
    /// all of C and for one of its rows.
    private var row: [Lanes]
    private var normals: [Double]
    private var coefficients: [Double]
    private var shares: [Double]
    private let patience: Int

    package init(mean: [Lanes], sigma: Double, width: [Lanes], dimension: Int, size: Int) {
        parameters = CMAESParameters(dimension: dimension, size: size)
        self.dimension = dimension
        blocks = width.count
        self.width = width
        self.mean = mean
        self.sigma = sigma
        eigen = SymmetricEigen(dimension: dimension)
        covariance = eigen.vectors
        axes = eigen.vectors
        row = Array(repeating: .zero, count: blocks)
        (stepPath, path) = (row, row)
        steps = Array(repeating: .zero, count: size * blocks)
        squares = Array(repeating: 0, count: size)
        (coefficients, shares) = (squares, squares)
        normals = Array(repeating: 0, count: dimension)
        let rate = parameters.rankOneRate + parameters.rankMuRate
        patience = max(1, Int(1 / (10 * rate * Double(dimension))))
    }

    /// Draws point `index` of the generation and writes it, x = m + sigma w y, to row `index` of `points`.
    package mutating func draw(_ index: Int, key: UInt64, into points: inout MutableSpan<Lanes>) {
        var square = 0.0
        for block in 0..<blocks {
            let u = knee_add(knee_uniform52(knee_splitmix(key, UInt64(block &* 8))), knee_splat(0x1p-53))
            for lane in 0..<min(8, dimension &- block &* 8) {
                let z = normalQuantile(u[lane])
                normals[block &* 8 &+ lane] = z
                square += z * z
            }
        }
        squares[index] = square
        for block in 0..<blocks {
            var y = knee_splat(0)
            for axis in 0..<dimension {
                y = knee_add(y, knee_mul(knee_splat(normals[axis]), axes[axis &* blocks &+ block]))
            }
            steps[index &* blocks &+ block] = y
            points[index &* blocks &+ block] = knee_add(mean[block], scaled(y, block))
        }
    }

    /// sigma w y, in the problem's coordinates.
    @inline(__always)
    func scaled(_ y: Lanes, _ block: Int) -> Lanes { knee_mul(width[block], knee_mul(knee_splat(sigma), y)) }

    /// Absorbs the generation, whose points come best first in `order`.
    package mutating func update(_ order: [Int]) {
        recombine(order)
        adaptPaths()
        adaptCovariance(order)
        // sigma <- sigma exp(c_sigma / d_sigma (|p_sigma| / chi - 1))
        let length = dot(stepPath, 0, stepPath, 0, 0..<blocks).squareRoot()
        sigma *= Double.exp(parameters.stepRate / parameters.stepDamping * (length / parameters.normalLength - 1))
        generation += 1
        if generation.isMultiple(of: patience) { decompose() }
    }

    /// y_w = sum of w_i y_i over the parents, left in `row`;  m <- m + sigma w y_w.
    private mutating func recombine(_ order: [Int]) {
        for block in 0..<blocks {
            var sum = knee_splat(0)
            for rank in 0..<parameters.parents {
                let weight = knee_splat(parameters.weights[rank])
                sum = knee_add(sum, knee_mul(weight, steps[order[rank] &* blocks &+ block]))
            }
            row[block] = sum
            mean[block] = knee_add(mean[block], scaled(sum, block))
        }
    }

    /// p_sigma <- (1 - c_sigma) p_sigma + sqrt(c_sigma (2 - c_sigma) mu_eff) C^-1/2 y_w
    /// p_c <- (1 - c_c) p_c + h sqrt(c_c (2 - c_c) mu_eff) y_w
    private mutating func adaptPaths() {
        let (a, b) = (parameters.stepRate, parameters.pathRate)
        let gain = (a * (2 - a) * parameters.mass).squareRoot()
        for block in 0..<blocks { stepPath[block] = knee_mul(knee_splat(1 - a), stepPath[block]) }
        for axis in 0..<dimension {
            let along = dot(eigen.vectors, axis &* blocks, row, 0, 0..<blocks)
            let share = knee_splat(gain * along / eigen.values[axis].squareRoot())
            for block in 0..<blocks {
                stepPath[block] = knee_add(
                    stepPath[block], knee_mul(share, eigen.vectors[axis &* blocks &+ block]))
            }
        }
        let pathGain = isPathStalled ? 0 : (b * (2 - b) * parameters.mass).squareRoot()
        for block in 0..<blocks {
            let kept = knee_mul(knee_splat(1 - b), path[block])
            path[block] = knee_add(kept, knee_mul(knee_splat(pathGain), row[block]))
        }
    }

    /// 1 - h: true while p_sigma is so long that sigma will grow faster than p_c should.
    private var isPathStalled: Bool {
        let fading = Double.pow(1 - parameters.stepRate, 2 * Double(generation + 1))
        let square = dot(stepPath, 0, stepPath, 0, 0..<blocks) / (1 - fading)
        return square.squareRoot() >= (1.4 + 2 / (Double(dimension) + 1)) * parameters.normalLength
    }

    /// C <- (1 + (1 - h) c_1 c_c (2 - c_c) - c_1 - c_mu sum of w) C + c_1 p_c p_c' + c_mu sum of w_i y_i y_i'
    ///
    /// Steps of negative weight are first brought to the length sqrt(d), by C's own measure.
    private mutating func adaptCovariance(_ order: [Int]) {
        let (c, one, mu) = (parameters.pathRate, parameters.rankOneRate, parameters.rankMuRate)
        var sum = 0.0
        for rank in coefficients.indices {
            let weight = parameters.weights[rank]
            sum += weight
            coefficients[rank] = mu * weight * (weight < 0 ? Double(dimension) / squares[order[rank]] : 1)
        }
        let decay = knee_splat(1 + (isPathStalled ? one * c * (2 - c) : 0) - one - mu * sum)
        for line in 0..<dimension {
            let (own, lane) = (line / 8, line % 8)
            for rank in coefficients.indices {
                shares[rank] = coefficients[rank] * steps[order[rank] &* blocks &+ own][lane]
            }
            let share = knee_splat(one * path[own][lane])
            for block in 0..<blocks {
                let place = line &* blocks &+ block
                var sum = knee_add(knee_mul(decay, covariance[place]), knee_mul(share, path[block]))
                for rank in shares.indices {
                    sum = knee_add(sum, knee_mul(knee_splat(shares[rank]), steps[order[rank] &* blocks &+ block]))
                }
                covariance[place] = sum
            }
        }
    }

    private mutating func decompose() {
        eigen.decompose(covariance)
        for axis in 0..<dimension {
            let length = knee_splat(max(0, eigen.values[axis]).squareRoot())
            for block in axis &* blocks..<(axis &+ 1) &* blocks { axes[block] = knee_mul(length, eigen.vectors[block]) }
        }
    }

    // MARK: Its shape

    /// Element j of C's diagonal.
    func variance(_ column: Int) -> Double { covariance[column &* blocks &+ column / 8][column % 8] }

    /// sigma w b, component `column` of principal axis `axis`, in the problem's coordinates.
    func axis(_ axis: Int, _ column: Int) -> Double {
        sigma * axes[axis &* blocks &+ column / 8][column % 8] * width[column / 8][column % 8]
    }
}
