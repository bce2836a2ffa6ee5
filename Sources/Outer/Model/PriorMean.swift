import Inner
import RealModule

/// m0: the mean score of every point of a space, before anything is observed.
///
/// The mean over eight development problems of the replay table of what the searches of every arm scored (20 seeds),
/// each problem in a pool of its own. Between the table's values it is linear in log2 n, w and log2 T; beyond them n
/// and w count as the nearest, T as the last octave goes on. What the table does not have (a schedule, another topology,
/// another rule) is worth the mean over those it has. Scores have mean 0 over a pool to which all arms gave, so m0 has
/// mean 0 over the space.
///
/// Swarms of experts have a table of their own, likewise from eight problems and 20 seeds, over n, T, phi_v, phi_g and lambda;
/// phi_p and phi_w count as usual. When such a swarm comes to rest depends on its evaluations, not on the least budget.
///
/// With P studies to begin with, whose posterior means are v_p,
///
///     m0 = (8 m + sum_p v_p) / (8 + P)   K_warm = K + Sp / 2   Sp = sum_p (v_p - m0)(v_p - m0)' / P
///
/// where m is the table's mean: they count as so many more problems. Their directions widen the kernel where problems have
/// differed so far, and nothing narrows it.
package struct PriorMean: Sendable {
    /// One a point; point = configuration * checkpoints + checkpoint.
    package let values: [Double]

    /// One an arm.
    let ofArms: [Double]

    /// sqrt(1 / 2P) (v_p - m0), one number a point: features beside those of the kernel.
    let directions: [[Double]]

    /// - Parameters:
    ///   - levels: budgets that are open, over which it has mean 0; nil for all.
    ///   - warm: what studies before learned.
    /// - Complexity: O(points) for each of them.
    package init(_ space: ArmSpace, levels: Int? = nil, warm: WarmPrior? = nil) {
        let arms = (0..<space.count).map { arm in
            arm / space.levels * space.checkpointCount + space.checkpoint(ofLevel: arm % space.levels)
        }
        let open = arms.indices.filter { $0 % space.levels < levels ?? space.levels }
        let centred = { (rows: [(values: [Double], first: Double)]) in
            let raw = rows.flatMap { row in
                (0..<space.checkpointCount).map {
                    Self.interpolated(row.values, at: Double($0) / Double(CheckpointGrid.perOctave) - row.first)
                }
            }
            let mean = open.reduce(0) { $0 + raw[arms[$1]] } / Double(open.count)
            return raw.map { $0 - mean }
        }
        let table = centred(space.configurations.map { Self.octaves(of: $0, in: space) })
        let past = (warm?.studies ?? []).map { study in
            centred(space.configurations.indices.map { (study.octaves(configuration: $0), 0) })
        }
        let problems = Self.tableProblems + Double(past.count)
        let values =
            past.isEmpty
            ? table
            : table.indices.map { point in
                past.reduce(Self.tableProblems * table[point]) { $0 + $1[point] } / problems
            }
        self.values = values
        ofArms = arms.map { values[$0] }
        let scale = (Self.share / Double(past.count)).squareRoot()
        directions = past.map { study in zip(study, values).map { scale * ($0 - $1) } }
    }

    /// Problems behind the table.
    private static let tableProblems = 8.0
    /// What Sp counts for.
    private static let share = 0.5

    /// What the tables say of a configuration: values an octave apart, and how many octaves above the least budget of `space` the
    /// first of them lies.
    private static func octaves(of configuration: Configuration, in space: ArmSpace) -> (
        values: [Double], first: Double
    ) {
        let size = Double.log2(Double(configuration.swarmSize))
        // With patience a search goes on with fresh swarms, where those of the table are at rest.
        if let rule = configuration.experts, rule.patience == nil, let inertia = Double(configuration.inertiaLabel) {
            let values = ExpertScoreTable.scores.row([
                ScoreTable.weights(at: rule.step, among: ExpertScoreTable.steps),
                ScoreTable.weights(at: rule.social, among: ExpertScoreTable.socials),
                ScoreTable.weights(at: inertia, among: ExpertScoreTable.inertias),
                ScoreTable.weights(at: size, among: ExpertScoreTable.sizes.map(Double.log2)),
            ])
            return (values, Double.log2(ExpertScoreTable.floor / Double(space.floor)))
        }
        let values = SwarmScoreTable.scores.row([
            topologyWeights(of: configuration), inertiaWeights(of: configuration),
            ScoreTable.weights(at: size, among: SwarmScoreTable.sizes.map(Double.log2)),
        ])
        return (values, 0)
    }

    private static func topologyWeights(of configuration: Configuration) -> ScoreTable.Weights {
        let names = SwarmScoreTable.topologies
        return names.firstIndex(of: configuration.topology).map { [($0, 1)] } ?? ScoreTable.even(names.count)
    }

    private static func inertiaWeights(of configuration: Configuration) -> ScoreTable.Weights {
        guard configuration.rule.hasPrefix("inertiaWeight"), let weight = Double(configuration.inertiaLabel) else {
            return ScoreTable.even(SwarmScoreTable.inertias.count)
        }
        return ScoreTable.weights(at: weight, among: SwarmScoreTable.inertias)
    }

    /// Before the first of the values it is that one, after the last it goes on as the last octave does.
    private static func interpolated(_ values: [Double], at octave: Double) -> Double {
        let octave = max(octave, 0)
        let below = min(Int(octave), values.count - 2)
        return values[below] + (octave - Double(below)) * (values[below + 1] - values[below])
    }
}
