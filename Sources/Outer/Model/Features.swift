import CSimd
import Inner

/// Phi: the leading d features of the kernel at every (configuration, checkpoint), K ~ Phi Phi'.
///
/// Pivoted incomplete Cholesky: each step takes the point whose variance the features so far explain least. d = 120
/// suffices for 1,344 arms (30 is too few, 120 to 250 are equal).
/// - Complexity: O(points d^2).
/// - SeeAlso: Fine & Scheinberg (2001), Efficient SVM training using low-rank kernel representations, JMLR 2:243-264.
public struct Features: Sendable {
    /// d, at most `Features.largestCount`.
    public let count: Int
    /// Blocks of eight a feature row takes.
    public let blocks: Int
    /// One padded row a point; point = configuration * checkpoints + checkpoint. Zero beyond the budgets that are open.
    /// In single precision, for half as much is read; it is off by 1e-7, the kernel by far more for want of features.
    let rows: [SIMD8<Float>]
    /// The features of the arms again, sixteen arms a block: block * stride + feature. What pads blocks and features is zero.
    private let armColumns: [SIMD16<Float>]
    /// The number of features, made even.
    private let stride: Int
    private let checkpoints: Int
    private let arms: Int

    public static let largestCount = 120

    /// - Parameters:
    ///   - levels: budgets that are open, from the least on; nil for all. The features describe these alone.
    ///   - directions: features that are given, one number a point, beside those of the kernel.
    public init(_ space: ArmSpace, levels: Int? = nil, directions: [[Double]] = []) {
        let kernel = ArmKernel(space)
        checkpoints = space.checkpointCount
        let open = space.checkpoint(ofLevel: (levels ?? space.levels) - 1) + 1
        let points = space.configurations.count * checkpoints
        let described = (0..<points).filter { $0 % space.checkpointCount < open }
        let ofKernel = min(Self.largestCount - directions.count, described.count)
        let limit = ofKernel + directions.count
        let blocks = blockCount(limit)
        // Eight points a block, block * limit + feature: they take a step together, each as it would alone.
        var phi = [Lanes](repeating: .zero, count: (points + 7) / 8 * limit)
        var residual = (0..<points).map { _ in kernel(0, 0, 0, 0) }
        var taken = 0
        while taken < ofKernel {
            var pivot = 0
            for point in described where residual[point] > residual[pivot] { pivot = point }
            guard residual[pivot] > 1e-9 else { break }
            let scale = knee_splat(1 / residual[pivot].squareRoot())
            let (pivotConfiguration, pivotCheckpoint) = (pivot / checkpoints, pivot % checkpoints)
            let pivotRow = (0..<taken).map { knee_splat(phi[pivot / 8 * limit + $0][pivot % 8]) }
            var out = phi.mutableSpan
            for start in Swift.stride(from: 0, to: points, by: 8) {
                var value = Lanes.zero
                for point in start..<min(start + 8, points) where point % checkpoints < open {
                    value[point % 8] = kernel(
                        point / checkpoints, point % checkpoints, pivotConfiguration, pivotCheckpoint)
                }
                let block = start / 8 * limit
                for feature in 0..<taken { value = knee_sub(value, knee_mul(out[block + feature], pivotRow[feature])) }
                value = knee_mul(value, scale)
                out[block + taken] = value
                for point in start..<min(start + 8, points) { residual[point] -= value[point % 8] * value[point % 8] }
            }
            residual[pivot] = 0
            taken += 1
        }
        for direction in directions {
            for point in described { phi[point / 8 * limit + taken][point % 8] = direction[point] }
            taken += 1
        }
        let value = { (point: Int, feature: Int) in Float(phi[point / 8 * limit + feature][point % 8]) }
        let (features, stride, arms) = (taken, taken + taken % 2, space.count)
        let step = CheckpointGrid.perOctave
        armColumns = (0..<(arms + 15) / 16 * stride).map { index in
            var block = SIMD16<Float>.zero
            let (first, feature) = (index / stride * 16, index % stride)
            for lane in 0..<min(16, arms - first) where feature < features {
                let (configuration, level) = (first + lane).quotientAndRemainder(dividingBy: space.levels)
                block[lane] = value(configuration * space.checkpointCount + level * step, feature)
            }
            return block
        }
        self.stride = stride
        self.arms = arms
        count = taken
        self.blocks = blocks
        rows = (0..<points * blocks).map { index in
            var block = SIMD8<Float>.zero
            let (point, first) = (index / blocks, index % blocks * 8)
            for lane in 0..<8 where first + lane < features { block[lane] = value(point, first + lane) }
            return block
        }
    }

    /// Phi theta for every arm, for several theta in one pass over the features. Single precision: off by about 1e-6, where
    /// scores of one arm scatter by 0.4.   - Complexity: O(arms d) each.
    func scores(of thetas: [[Lanes]]) -> [[Double]] {
        var results = [[Double]](repeating: [], count: thetas.count)
        var theta = 0
        while theta < thetas.count {
            // Two at a time share what is read; a second of a last one alone is thrown away.
            let second = min(theta + 1, thetas.count - 1)
            (results[theta], results[second]) = scores(of: flat(thetas[theta]), and: flat(thetas[second]))
            theta += 2
        }
        return results
    }

    /// One number a feature, and a zero more if their number is odd.
    private func flat(_ theta: [Lanes]) -> [Float] {
        (0..<count + count % 2).map { $0 < count ? Float(theta[$0 / 8][$0 % 8]) : 0 }
    }

    private func scores(of theta: [Float], and other: [Float]) -> (first: [Double], second: [Double]) {
        let (x, y, columns) = (theta.span, other.span, armColumns.span)
        var first = [Double](repeating: 0, count: arms)
        var second = first
        for block in 0..<(arms + 15) / 16 {
            // Even and odd features by themselves hide the latency of the addition.
            var (a, b) = ((knee_single_splat(0), knee_single_splat(0)), (knee_single_splat(0), knee_single_splat(0)))
            let start = block &* stride
            var feature = 0
            while feature < count {
                let (even, odd) = (columns[start &+ feature], columns[start &+ feature &+ 1])
                a.0 = knee_single_add(a.0, knee_single_mul(knee_single_splat(x[feature]), even))
                b.0 = knee_single_add(b.0, knee_single_mul(knee_single_splat(y[feature]), even))
                a.1 = knee_single_add(a.1, knee_single_mul(knee_single_splat(x[feature &+ 1]), odd))
                b.1 = knee_single_add(b.1, knee_single_mul(knee_single_splat(y[feature &+ 1]), odd))
                feature &+= 2
            }
            let (left, right) = (knee_single_add(a.0, a.1), knee_single_add(b.0, b.1))
            for lane in 0..<min(16, arms &- 16 &* block) {
                first[16 &* block &+ lane] = Double(left[lane])
                second[16 &* block &+ lane] = Double(right[lane])
            }
        }
        return (first, second)
    }

    /// The row of a point.
    func row(_ point: Int) -> [Lanes] { rows[point * blocks..<(point + 1) * blocks].map { knee_double($0) } }
}
