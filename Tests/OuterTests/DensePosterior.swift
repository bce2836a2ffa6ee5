import Inner
import Outer
import RealModule

/// The model once more, slowly: the Gaussian posterior on all (configuration, checkpoint) points from whole matrices.
///
///     mean = m0 + K H' (H K H' + s2 I)^-1 r      covariance = K - K H' (H K H' + s2 I)^-1 H K
///
/// K is the ANOVA kernel, H the whitened rows, r the whitened scores less the prior mean m0.
struct DensePosterior {
    typealias Matrix = [[Double]]

    let space: ArmSpace
    private(set) var mean: [Double] = []
    private(set) var covariance: Matrix = []
    private(set) var seedVariance = 0.2

    init(_ space: ArmSpace, pulls: [(arm: Int, trace: Trace)], isHorizonBound: (Configuration) -> Bool) {
        self.space = space
        var (cells, begins, values): ([Int], [Bool], [Double]) = ([], [], [])
        for pull in pulls {
            let arm = space[pull.arm]
            let last = space.checkpoint(ofLevel: arm.level)
            let counted = isHorizonBound(arm.configuration) ? [last] : Array(0...last)
            for (offset, k) in counted.enumerated() {
                cells.append(arm.configurationIndex * space.checkpointCount + k)
                begins.append(offset == 0)
                values.append(pull.trace.checkpoints.first { $0.evaluations == space.grid.evaluations(at: k) }!.best)
            }
        }
        var pool = NormalScores()
        pool.add(values)
        // Every cell weighs the same in the pool.
        pool.rank(weights: cells.map { cell in 1 / Double(cells.count { $0 == cell }) })
        seedVariance = Self.seedVariance(cells, pool.scores, space)
        solve(cells, begins, pool.scores)
    }

    /// From scores as they are, whatever pool they come from, whitened with this correlation over an octave.
    init(_ space: ArmSpace, cells: [Int], begins: [Bool], scores: [Double], correlation: Double = 0.8) {
        self.space = space
        solve(cells, begins, scores, correlation)
    }

    private mutating func solve(_ cells: [Int], _ begins: [Bool], _ scores: [Double], _ correlation: Double = 0.8) {
        let points = space.configurations.count * space.checkpointCount
        let kernel = (0..<points).map { i in (0..<points).map { j in self.kernel(i, j) } }
        let rho = Double.pow(correlation, 0.25)
        let scale = 1 / (1 - rho * rho).squareRoot()
        let prior = PriorMean(space).values
        let excess = zip(scores, cells).map { $0 - prior[$1] }
        var (rows, targets): (Matrix, [Double]) = ([], [])
        for (index, cell) in cells.enumerated() {
            var row = [Double](repeating: 0, count: points)
            row[cell] = begins[index] ? 1 : scale
            if !begins[index] { row[cells[index - 1]] = -rho * scale }
            rows.append(row)
            targets.append(begins[index] ? excess[index] : (excess[index] - rho * excess[index - 1]) * scale)
        }
        // Columns of K H', one a row of H.
        let spread = rows.map { row in kernel.map { dot($0, row) } }
        var system = rows.indices.map { i in rows.indices.map { j in dot(rows[i], spread[j]) } }
        for i in rows.indices { system[i][i] += 0.2 + 0.0125 }
        let weights = solved(system, [targets] + (0..<points).map { point in spread.map { $0[point] } })
        mean = (0..<points).map { point in prior[point] + dot(spread.map { $0[point] }, weights[0]) }
        covariance = (0..<points).map { a in
            (0..<points).map { b in kernel[a][b] - dot(spread.map { $0[a] }, weights[b + 1]) }
        }
    }

    func point(ofArm arm: Int) -> Int {
        space[arm].configurationIndex * space.checkpointCount + space.checkpoint(ofLevel: space[arm].level)
    }

    private func kernel(_ i: Int, _ j: Int) -> Double {
        let count = space.checkpointCount
        let (a, b) = (space.configurations[i / count], space.configurations[j / count])
        let kT = matern(Double((i % count - j % count).magnitude) / 4 / 4.4)
        let kn = matern(Double.log2(Double(a.swarmSize) / Double(b.swarmSize)).magnitude / 2.5)
        let kg = [a.topology == b.topology, a.rule == b.rule, a.boundary == b.boundary].reduce(1.0) {
            $0 * ($1 ? 1 : 0.54)
        }
        let kw: Double
        if let v = Double(a.inertiaLabel), let w = Double(b.inertiaLabel) {
            kw = matern((v - w).magnitude / 0.3)
        } else {
            kw = a.inertia == b.inertia ? 1 : 0.5
        }
        let smooth = 0.09 + 0.41 * kT + 0.055 * kn * kT + 0.03 * kw * kT + 0.02 * kn * kw * kT
        return smooth + 0.025 * kn * kw * kg + 0.175 * kn * kw * kg * kT + (a == b ? 0.001 : 0)
    }

    private func matern(_ d: Double) -> Double { (1 + 3.0.squareRoot() * d) * Double.exp(-3.0.squareRoot() * d) }

    /// (10 * 0.2 + SS_within) / (10 + dof) over whole octaves, each worth (1 - rho^2) / (1 + rho^2) of an independent
    /// one.
    private static func seedVariance(_ cells: [Int], _ scores: [Double], _ space: ArmSpace) -> Double {
        var groups: [Int: [Double]] = [:]
        for (cell, score) in zip(cells, scores) where cell % space.checkpointCount % 4 == 0 {
            groups[cell, default: []].append(score)
        }
        var (squares, freedom) = (0.0, 0.0)
        for group in groups.values where group.count > 1 {
            let mean = group.reduce(0, +) / Double(group.count)
            squares += group.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            freedom += Double(group.count - 1)
        }
        let share = 0.36 / 1.64
        return (2 + share * squares) / (10 + share * freedom)
    }
}

private func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }

/// A^-1 b for every b, by Gaussian elimination with row pivots.
private func solved(_ matrix: [[Double]], _ right: [[Double]]) -> [[Double]] {
    var rows = matrix.indices.map { i in matrix[i] + right.map { $0[i] } }
    let n = matrix.count
    for k in 0..<n {
        rows.swapAt(k, (k..<n).max { rows[$0][k].magnitude < rows[$1][k].magnitude }!)
        for i in 0..<n where i != k && rows[i][k] != 0 {
            let factor = rows[i][k] / rows[k][k]
            for j in k..<rows[i].count { rows[i][j] -= factor * rows[k][j] }
        }
    }
    return right.indices.map { b in (0..<n).map { rows[$0][n + b] / rows[$0][$0] } }
}
