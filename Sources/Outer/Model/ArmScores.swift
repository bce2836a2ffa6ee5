import Inner

/// The scores of one arm by themselves: all runs that reached its budget, longer ones of its configuration included.
package struct ArmScores {
    let count: Double
    let sum: Double
    /// Sum of squares about the mean.
    let scatter: Double

    var mean: Double { sum / count }

    package init(count: Double, sum: Double, scatter: Double) {
        self.count = count
        self.sum = sum
        self.scatter = scatter
    }
}

/// What policies without a model look at: folds over the pulls, in the scores of the pool as it was last scored.
extension Beliefs {
    func scores(of arm: Int) -> ArmScores {
        let cell = sums[cell(of: arm)]
        let scatter = cell.count > 0 ? max(0, cell.squares - cell.sum * cell.sum / cell.count) : 0
        return ArmScores(count: cell.count, sum: cell.sum, scatter: scatter)
    }

    /// The scores of every arm in the order they came.   - Complexity: O(observations + arms).
    func scoresByArm() -> [[Double]] {
        var scores = [[Double]](repeating: [], count: space.count)
        for (index, observation) in observations.enumerated() {
            let (configuration, checkpoint) = observation.cell.quotientAndRemainder(dividingBy: space.checkpointCount)
            guard checkpoint % CheckpointGrid.perOctave == 0 else { continue }
            let level = checkpoint / CheckpointGrid.perOctave
            scores[space.index(configuration: configuration, level: level)].append(pool.scores[index])
        }
        return scores
    }

    /// Every pull's arm, the score it ended with, and how many budgets were open to it, in order.
    func endings() -> [(arm: Int, score: Double, levels: Int)] {
        launches.map { ($0.arm, $0.end.map { pool.scores[$0] } ?? -.infinity, $0.levels) }
    }

    /// The arm with the highest mean utility of its own scores, every arm shrunk to the mean of all as
    /// `IndependentThompson` does: what a study would recommend without a model. Nil before the first pull is scored.
    public func leaderWithoutModel() -> Arm? {
        guard pulls > 0 else { return nil }
        let offsets = utilityOffsets()
        return space[
            leading(Array(0..<space.count), count: 1) { NormalInverseGamma(scores(of: $0)).mean + offsets[$0] }[0]]
    }

    /// What goal and cost add to the mean score of every arm; minus infinity where the goal cannot afford it.
    func utilityOffsets() -> [Double] { offsets().map { $0 ?? -.infinity } }

    private func cell(of arm: Int) -> Int {
        let (configuration, level) = arm.quotientAndRemainder(dividingBy: space.levels)
        return configuration * space.checkpointCount + space.checkpoint(ofLevel: level)
    }
}
