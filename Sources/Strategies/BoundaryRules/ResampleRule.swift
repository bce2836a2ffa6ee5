import CSimd
import Inner

/// A coordinate that left the box is drawn anew, uniformly, and its velocity is zero.
///
/// - SeeAlso: Helwig, Branke & Mostaghim (2013), doi:10.1109/TEVC.2012.2189404
public struct ResampleRule: BoundaryRule {
    public var name: String { "resample" }

    public func confine(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, draws: RandomStream
    ) {
        let (lower, upper, width) = (swarm.lower.span, swarm.upper.span, swarm.width.span)
        confineEscapedRows(particles, &positions, &velocities, of: swarm) { x, v, particle, block in
            let (low, high) = (lower[block], upper[block])
            let u = knee_uniform52(knee_splitmix(draws.key(of: particle), UInt64(block &* 8)))
            let fresh = knee_min(knee_add(low, knee_mul(u, width[block])), high)
            let escaped = knee_outside(x, low, high)
            return (knee_select(escaped, fresh, x), knee_select(escaped, knee_splat(0), v))
        }
    }
}

extension BoundaryRule where Self == ResampleRule {
    public static var resample: ResampleRule { ResampleRule() }
}
