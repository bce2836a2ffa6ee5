import CSimd
import Inner

/// A coordinate stops at the wall and turns round at half its velocity.
///
/// - SeeAlso: Clerc (2012), Standard Particle Swarm Optimisation, hal-00764996 (SPSO 2011)
public struct ReboundRule: BoundaryRule {
    public var name: String { "rebound" }

    public func confine(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, draws: RandomStream
    ) {
        let (lower, upper) = (swarm.lower.span, swarm.upper.span)
        confineEscapedRows(particles, &positions, &velocities, of: swarm) { x, v, _, block in
            let (low, high) = (lower[block], upper[block])
            let turned = knee_mul(knee_splat(-0.5), v)
            return (knee_max(knee_min(x, high), low), knee_select(knee_outside(x, low, high), turned, v))
        }
    }
}

extension BoundaryRule where Self == ReboundRule {
    public static var rebound: ReboundRule { ReboundRule() }
}
