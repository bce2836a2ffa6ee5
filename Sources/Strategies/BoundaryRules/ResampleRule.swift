import CSimd
import Inner

/// A coordinate that left the box is drawn anew, uniformly, and its velocity is zero.
///
/// - SeeAlso: Helwig, Branke & Mostaghim (2013), doi:10.1109/TEVC.2012.2189404
public struct ResampleRule: BoundaryRule {
    public var name: String { "resample" }

    public func confine(
        _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>, of swarm: Swarm,
        draws: RandomStream
    ) {
        let (lower, upper, width) = (swarm.lower.span, swarm.upper.span, swarm.width.span)
        let zero = knee_splat(0)
        for particle in 0..<swarm.size {
            let key = draws.key(of: particle)
            for block in 0..<swarm.blocks {
                let row = particle &* swarm.blocks &+ block
                let (x, v) = (positions[row], velocities[row])
                let (low, high) = (lower[block], upper[block])
                let u = knee_uniform52(knee_splitmix(key, UInt64(block &* 8)))
                let fresh = knee_min(knee_add(low, knee_mul(u, width[block])), high)
                let (below, above) = (knee_less(x, low), knee_less(high, x))
                positions[row] = knee_select(below, fresh, knee_select(above, fresh, x))
                velocities[row] = knee_select(below, zero, knee_select(above, zero, v))
            }
        }
    }
}

extension BoundaryRule where Self == ResampleRule {
    public static var resample: ResampleRule { ResampleRule() }
}
