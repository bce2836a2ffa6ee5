import CSimd
import Inner
import RealModule

/// Uniform points of the simplex of k coefficients, any of them by its number.
struct SimplexPoints: Sendable {
    private let stream: RandomStream
    private let experts: Int
    private let blocks: Int

    /// - Parameter stream: that of the search.
    /// - Precondition: the box holds 0 ... 1 in every coordinate.
    init(in box: Box, stream: RandomStream) {
        self.stream = stream.split(.initial)
        experts = ExpertHull(in: box).experts
        blocks = blockCount(experts)
    }

    /// Writes point `number` to a padded row.
    func write(_ number: Int, to row: Int, of points: inout MutableSpan<Lanes>) {
        let key = stream.key(of: number)
        var sum = 0.0
        for block in 0..<blocks {
            // Never 0, and never 1.
            let u = knee_add(knee_uniform52(knee_splitmix(key, UInt64(block &* 8))), knee_splat(0x1p-53))
            var exponentials = Lanes.zero
            for lane in 0..<min(8, experts &- block &* 8) { exponentials[lane] = -Double.log(u[lane]) }
            points[row &* blocks &+ block] = exponentials
            sum += knee_sum(exponentials)
        }
        for place in row &* blocks..<(row &+ 1) &* blocks { points[place] = knee_div(points[place], knee_splat(sum)) }
    }

    /// Point `number` as plain coefficients.
    func coefficients(_ number: Int) -> [Double] {
        var row = [Lanes](repeating: .zero, count: blocks)
        var span = row.mutableSpan
        write(number, to: 0, of: &span)
        return row.span.coordinates(row: 0, dimension: experts)
    }
}
