import CSimd
import Inner

/// sum z_j^2.
@inline(__always)
func squaredNorm(_ z: Span<Lanes>) -> Double {
    var sum = Lanes.zero
    for block in z.indices { sum = knee_add(sum, knee_mul(z[block], z[block])) }
    return knee_sum(sum)
}

/// Calls `body` with each of the first `dimension` coordinates and its index.
@inline(__always)
func forEachCoordinate(of z: Span<Lanes>, dimension: Int, _ body: (Int, Double) -> Void) {
    for block in z.indices {
        let lanes = z[block]
        let first = block &* 8
        for lane in 0..<min(8, dimension &- first) { body(first &+ lane, lanes[lane]) }
    }
}
