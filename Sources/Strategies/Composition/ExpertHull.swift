import CSimd
import Inner

/// The affine hull of k experts: points of a box of k coefficients that add up to 1.
///
/// Or the product of such hulls, one for every group of weights. Every group of a point is one padded row here, while in the
/// box, and outside, groups stand side by side.
struct ExpertHull: Sendable {
    let experts: Int
    let groups: Int
    /// Blocks of eight a group takes.
    let blocks: Int
    private let lower: [Lanes]
    private let upper: [Lanes]

    /// - Precondition: every expert lies in the box, whose dimension is a multiple of `groups`.
    init(in box: Box, groups: Int = 1) {
        precondition(
            zip(box.lower, box.upper).allSatisfy { $0 <= 0 && 1 <= $1 },
            "coefficients of experts need a box that holds 0 ... 1 in every coordinate")
        let (experts, rest) = box.dimension.quotientAndRemainder(dividingBy: groups)
        precondition(rest == 0, "\(box.dimension) coefficients cannot be \(groups) equal groups")
        func rows(_ bounds: [Double]) -> [Lanes] {
            (0..<groups).flatMap { paddedRow(Array(bounds[$0 * experts..<($0 + 1) * experts])) }
        }
        (self.experts, self.groups) = (experts, groups)
        blocks = blockCount(experts)
        (lower, upper) = (rows(box.lower), rows(box.upper))
    }

    /// The rows of a point, group by group.
    func rows(_ point: Int) -> Range<Int> {
        let count = groups &* blocks
        return point &* count..<(point &+ 1) &* count
    }

    /// The rows of one of its groups.
    func rows(_ point: Int, _ group: Int) -> Range<Int> {
        let first = (point &* groups &+ group) &* blocks
        return first..<first &+ blocks
    }

    /// Row `row`, counted from the first of a point, of expert `number`.
    func expert(_ number: Int, row: Int) -> Lanes {
        var lanes = Lanes.zero
        if number / 8 == row % blocks { lanes[number % 8] = 1 }
        return lanes
    }

    /// Block `block` of a point, as it is outside.
    func packed(_ point: Int, of points: [Lanes], block: Int) -> Lanes {
        guard groups > 1 else { return points[point &* blocks &+ block] }
        var lanes = Lanes.zero
        for lane in 0..<min(8, groups &* experts &- block &* 8) {
            let (group, expert) = (block &* 8 &+ lane).quotientAndRemainder(dividingBy: experts)
            lanes[lane] = points[rows(point, group).lowerBound &+ expert / 8][expert % 8]
        }
        return lanes
    }

    /// Moves a point by `step` times its velocity. Where that leaves the box a group stops at the wall, and its velocity
    /// becomes what led it there.
    func move(_ point: Int, of points: inout [Lanes], by step: Double, _ velocities: inout [Lanes]) {
        for group in 0..<groups { move(point, group, of: &points, by: step, &velocities) }
    }

    private func move(
        _ point: Int, _ group: Int, of points: inout [Lanes], by step: Double, _ velocities: inout [Lanes]
    ) {
        let (rows, bounds) = (rows(point, group), rows(0, group))
        let share = reachable(point, group, of: points, by: step, velocities)
        let (length, shortened) = (knee_splat(step * share), knee_splat(share))
        var sum = 0.0
        for row in rows {
            points[row] = knee_add(points[row], knee_mul(length, velocities[row]))
            velocities[row] = knee_mul(shortened, velocities[row])
            sum += knee_sum(points[row])
        }
        // The sum is 1 but for rounding, which would add up; a coefficient of 0 stays one.
        for (row, bound) in zip(rows, bounds) {
            let x = knee_div(points[row], knee_splat(sum))
            points[row] = knee_max(knee_min(x, upper[bound]), lower[bound])
        }
    }

    /// The share of a group's step that stays in the box.
    private func reachable(_ point: Int, _ group: Int, of points: [Lanes], by step: Double, _ velocities: [Lanes])
        -> Double
    {
        var share = 1.0
        for (row, bound) in zip(rows(point, group), rows(0, group)) {
            let (x, low, high) = (points[row], lower[bound], upper[bound])
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
