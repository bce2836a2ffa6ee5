import CSimd
import Inner

/// The affine hull of k experts: points of a box of k coefficients that add up to 1, one padded row each.
struct ExpertHull: Sendable {
    let experts: Int
    /// Blocks of eight a row takes.
    let blocks: Int
    private let lower: [Lanes]
    private let upper: [Lanes]

    /// - Precondition: every expert lies in the box.
    init(in box: Box) {
        precondition(
            zip(box.lower, box.upper).allSatisfy { $0 <= 0 && 1 <= $1 },
            "coefficients of experts need a box that holds 0 ... 1 in every coordinate")
        experts = box.dimension
        blocks = blockCount(box.dimension)
        lower = paddedRow(box.lower)
        upper = paddedRow(box.upper)
    }

    /// Block `block` of expert `number`.
    func expert(_ number: Int, block: Int) -> Lanes {
        var row = Lanes.zero
        if number / 8 == block { row[number % 8] = 1 }
        return row
    }

    /// Moves a point by `step` times its velocity. Where that leaves the box the point stops at the wall, and the velocity
    /// becomes what led it there.
    func move(_ point: Int, of points: inout [Lanes], by step: Double, _ velocities: inout [Lanes]) {
        let share = reachable(point, of: points, by: step, velocities)
        let (length, shortened) = (knee_splat(step * share), knee_splat(share))
        var sum = 0.0
        for row in rows(point) {
            points[row] = knee_add(points[row], knee_mul(length, velocities[row]))
            velocities[row] = knee_mul(shortened, velocities[row])
            sum += knee_sum(points[row])
        }
        // The sum is 1 but for rounding, which would add up; a coefficient of 0 stays one.
        for (block, row) in rows(point).enumerated() {
            let x = knee_div(points[row], knee_splat(sum))
            points[row] = knee_max(knee_min(x, upper[block]), lower[block])
        }
    }

    /// The rows of point `point`.
    func rows(_ point: Int) -> Range<Int> { point &* blocks..<(point &+ 1) &* blocks }

    /// The share of a step that stays in the box.
    private func reachable(_ point: Int, of points: [Lanes], by step: Double, _ velocities: [Lanes]) -> Double {
        var share = 1.0
        for (block, row) in rows(point).enumerated() {
            let (x, low, high) = (points[row], lower[block], upper[block])
            let end = knee_add(x, knee_mul(knee_splat(step), velocities[row]))
            guard knee_any(knee_outside(end, low, high)) else { continue }
            for lane in 0..<8 where end[lane] < low[lane] || high[lane] < end[lane] {
                let wall = end[lane] < low[lane] ? low[lane] : high[lane]
                share = min(share, (wall - x[lane]) / (end[lane] - x[lane]))
            }
        }
        return share
    }
}
