import CSimd
import Inner

/// v <- a v + c1 r1 (p - x) + c2 r2 (g - x),  x <- x + v,  r1, r2 ~ U[0, 1) per dimension,
/// with |v_j| held below the width of the box, so that an unstable setting stays finite.
///
/// The step that inertia weight and constriction share. One 64-bit draw gives both factors of a coordinate.
/// - Complexity: O(n d).
@inline(__always)
func attract(
    _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
    of swarm: Swarm, keep: Double, cognitive: Double, social: Double, draws: RandomStream
) {
    let (best, guides, blocks) = (swarm.best.span, swarm.guides.span, swarm.blocks)
    let width = swarm.width.span.extracting(0..<blocks)
    // r is a whole number over 2^32; dividing the accelerations instead is exact and cheaper.
    let (a, c1, c2) = (knee_splat(keep), knee_splat(cognitive * 0x1p-32), knee_splat(social * 0x1p-32))
    let (fetchBest, fetchPosition, fetchVelocity) = (
        Prefetch(best), Prefetch(positions.span), Prefetch(velocities.span)
    )
    for particle in particles {
        let key = draws.key(of: particle)
        let first = particle &* blocks
        let guide = guides[particle] &* blocks
        let (own, heard) = (best.extracting(first..<first &+ blocks), best.extracting(guide..<guide &+ blocks))
        for block in 0..<blocks {
            let row = first &+ block
            fetchBest(row)
            fetchPosition(row)
            fetchVelocity(row)
            let draw = knee_splitmix(key, UInt64(truncatingIfNeeded: block &* 8))
            let x = positions[row]
            let towardsBest = knee_mul(knee_mul(c1, knee_high32(draw)), knee_sub(own[block], x))
            let towardsGuide = knee_mul(knee_mul(c2, knee_low32(draw)), knee_sub(heard[block], x))
            let v = knee_add(knee_add(knee_mul(a, velocities[row]), towardsBest), towardsGuide)
            let held = limit(v, to: width[block])
            velocities[row] = held
            positions[row] = knee_add(x, held)
        }
    }
}

/// -bound <= v <= bound, lane by lane.
@inline(__always)
func limit(_ v: Lanes, to bound: Lanes) -> Lanes {
    knee_max(knee_min(v, bound), knee_sub(knee_splat(0), bound))
}
