import CSimd
import Inner

/// Replaces (x, v), block by block, in the rows of these particles that left the box somewhere.
///
/// Once a swarm has settled nearly every row lies inside, and a look is cheaper than a repair.
/// - Parameter confined: x and v as they should be; what lies inside the box is to stay as it is.
@inline(__always)
func confineEscapedRows(
    _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
    of swarm: Swarm, _ confined: (_ x: Lanes, _ v: Lanes, _ particle: Int, _ block: Int) -> (x: Lanes, v: Lanes)
) {
    let (lower, upper, blocks) = (swarm.lower.span, swarm.upper.span, swarm.blocks)
    for particle in particles {
        let first = particle &* blocks
        var escaped = SIMD8<Int64>.zero
        for block in 0..<blocks {
            escaped = knee_either(escaped, knee_outside(positions[first &+ block], lower[block], upper[block]))
        }
        guard knee_any(escaped) else { continue }
        for block in 0..<blocks {
            let row = first &+ block
            (positions[row], velocities[row]) = confined(positions[row], velocities[row], particle, block)
        }
    }
}
