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
        let centred = { (octaves: [[Double]]) in
            let raw = octaves.flatMap { octaves in
                (0..<space.checkpointCount).map {
                    Self.interpolated(octaves, at: Double($0) / Double(CheckpointGrid.perOctave))
                }
            }
            let mean = open.reduce(0) { $0 + raw[arms[$1]] } / Double(open.count)
            return raw.map { $0 - mean }
        }
        let table = centred(space.configurations.map(Self.octaves))
        let past = (warm?.studies ?? []).map { study in
            centred(space.configurations.indices.map(study.octaves))
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

    /// The table's values at a configuration, one a budget.
    private static func octaves(of configuration: Configuration) -> [Double] {
        let topologies = weights(of: configuration.topology, among: PriorMeanTable.topologies)
        let inertias = inertiaWeights(of: configuration)
        let sizes = weights(
            at: Double.log2(Double(configuration.swarmSize)), among: PriorMeanTable.sizes.map(Double.log2))
        var result = [Double](repeating: 0, count: PriorMeanTable.octaves)
        for (topology, a) in topologies {
            for (inertia, b) in inertias {
                for (size, c) in sizes {
                    let row = (topology * PriorMeanTable.inertias.count + inertia) * PriorMeanTable.sizes.count + size
                    for octave in result.indices {
                        let value = PriorMeanTable.hundredths[row * PriorMeanTable.octaves + octave]
                        result[octave] += a * b * c * Double(value) / 100
                    }
                }
            }
        }
        return result
    }

    private static func inertiaWeights(of configuration: Configuration) -> [(index: Int, weight: Double)] {
        guard configuration.rule.hasPrefix("inertiaWeight"), let weight = Double(configuration.inertiaLabel) else {
            return even(PriorMeanTable.inertias.count)
        }
        return weights(at: weight, among: PriorMeanTable.inertias)
    }

    private static func weights(of name: String, among names: [String]) -> [(index: Int, weight: Double)] {
        names.firstIndex(of: name).map { [($0, 1)] } ?? even(names.count)
    }

    private static func even(_ count: Int) -> [(index: Int, weight: Double)] {
        (0..<count).map { ($0, 1 / Double(count)) }
    }

    /// Linear interpolation between rising knots; the nearest one beyond them.
    private static func weights(at x: Double, among knots: [Double]) -> [(index: Int, weight: Double)] {
        guard let above = knots.firstIndex(where: { $0 >= x }) else { return [(knots.count - 1, 1)] }
        guard above > 0, knots[above] > x else { return [(above, 1)] }
        let share = (x - knots[above - 1]) / (knots[above] - knots[above - 1])
        return [(above - 1, 1 - share), (above, share)]
    }

    private static func interpolated(_ values: [Double], at octave: Double) -> Double {
        let below = min(Int(octave), values.count - 2)
        return values[below] + (octave - Double(below)) * (values[below + 1] - values[below])
    }
}
