import Inner
import Outer
import RealModule
import Testing

/// The law behind the whitening, on the model that `PosteriorTests` holds the product to: what is planted by the prior and
/// searched with the stated noise lies within the stated deviations.
@Suite("Whitening")
struct WhiteningTests {
    /// 2 configurations x 3 budgets.
    private static func space() throws -> ArmSpace {
        var factors = ArmSpace.Factors()
        (factors.swarmSizes, factors.inertias, factors.topologies) = ([8, 20], ["0.6"], ["ring"])
        return try ArmSpace(factors, floor: 16, ceiling: 64)
    }

    /// The mean square of (truth - mean) / deviation over planted truths, three searches a configuration; 1 if calibrated.
    private func meanSquare(correlation: Double, truths: Int) throws -> Double {
        let space = try Self.space()
        let points = space.configurations.count * space.checkpointCount
        let prior = DensePosterior(space, cells: [], begins: [], scores: [])
        let factor = lowerFactor(prior.covariance)
        let keep = Double.pow(0.8, 0.25)
        let noise = (0.2 + 0.0125).squareRoot()
        var sum = 0.0
        for truth in 0..<truths {
            var chance = RandomStream(seed: 41).split(.search, truth)
            let draws = (0..<points).map { _ in chance.normal() }
            let planted: [Double] = (0..<points).map { i -> Double in
                var sum: Double = prior.mean[i]
                for j in 0...i { sum += factor[i][j] * draws[j] }
                return sum
            }
            var (cells, begins, scores): ([Int], [Bool], [Double]) = ([], [], [])
            for search in 0..<6 {
                var luck = chance.normal()
                for checkpoint in 0..<space.checkpointCount {
                    if checkpoint > 0 { luck = keep * luck + (1 - keep * keep).squareRoot() * chance.normal() }
                    cells.append(search % 2 * space.checkpointCount + checkpoint)
                    begins.append(checkpoint == 0)
                    scores.append(planted[cells[cells.count - 1]] + noise * luck)
                }
            }
            let dense = DensePosterior(space, cells: cells, begins: begins, scores: scores, correlation: correlation)
            for point in 0..<points {
                let error = planted[point] - dense.mean[point]
                sum += error * error / dense.covariance[point][point]
            }
        }
        return sum / Double(truths * points)
    }

    @Test("what is planted lies within the stated deviations; with prefixes taken for independent runs it would not")
    func calibrated() throws {
        // Points of one truth are so alike that 60 truths are worth about 60 independent squares, of variance 2: their mean
        // lies beyond 1 +- 0.9 with a chance below 1e-6. Runs counted thirteen times over would be far too sure.
        let square = try meanSquare(correlation: 0.8, truths: 60)
        #expect((square - 1).magnitude < 0.9, "\(square)")
        let twin = try meanSquare(correlation: 0, truths: 60)
        #expect(twin > 1.9, "\(twin)")
    }
}

/// L with L L' = A.   - Complexity: O(n^3).
private func lowerFactor(_ matrix: [[Double]]) -> [[Double]] {
    var lower = matrix.map { _ in [Double](repeating: 0, count: matrix.count) }
    for i in matrix.indices {
        for j in 0...i {
            let sum = (0..<j).reduce(matrix[i][j]) { $0 - lower[i][$1] * lower[j][$1] }
            lower[i][j] = i == j ? max(sum, 0).squareRoot() : (lower[j][j] > 1e-9 ? sum / lower[j][j] : 0)
        }
    }
    return lower
}
