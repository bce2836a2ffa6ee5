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
    let rows: [Lanes]
    private let checkpoints: Int

    public static let largestCount = 120

    /// - Parameter levels: budgets that are open, from the least on; nil for all. The features describe these alone.
    public init(_ space: ArmSpace, levels: Int? = nil) {
        let kernel = ArmKernel(space)
        checkpoints = space.checkpointCount
        let open = space.checkpoint(ofLevel: (levels ?? space.levels) - 1) + 1
        let points = space.configurations.count * checkpoints
        let described = (0..<points).filter { $0 % space.checkpointCount < open }
        let limit = min(Self.largestCount, described.count)
        let blocks = blockCount(limit)
        let width = blocks * 8
        var phi = [Double](repeating: 0, count: points * width)
        var residual = (0..<points).map { _ in kernel(0, 0, 0, 0) }
        var taken = 0
        while taken < limit {
            var pivot = 0
            for point in described where residual[point] > residual[pivot] { pivot = point }
            guard residual[pivot] > 1e-9 else { break }
            let scale = 1 / residual[pivot].squareRoot()
            let (pivotConfiguration, pivotCheckpoint) = (pivot / checkpoints, pivot % checkpoints)
            for point in described {
                var value = kernel(point / checkpoints, point % checkpoints, pivotConfiguration, pivotCheckpoint)
                for feature in 0..<taken { value -= phi[point * width + feature] * phi[pivot * width + feature] }
                phi[point * width + taken] = value * scale
                residual[point] -= value * scale * (value * scale)
            }
            residual[pivot] = 0
            taken += 1
        }
        count = taken
        self.blocks = blocks
        rows = (0..<points * blocks).map { index in
            var block = Lanes.zero
            for lane in 0..<8 { block[lane] = phi[index * 8 + lane] }
            return block
        }
    }

    /// First block of the row of a (configuration, checkpoint).
    func start(configuration: Int, checkpoint: Int) -> Int { (configuration * checkpoints + checkpoint) * blocks }
}
