import CSimd
import Inner

/// A coordinate stops at the wall and its velocity is zero.
///
/// - SeeAlso: Clerc (2012), Standard Particle Swarm Optimisation, hal-00764996
public struct ClampRule: BoundaryRule {
    public var name: String { "clamp" }

    public func confine(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, draws: RandomStream
    ) {
        let (lower, upper) = (swarm.lower.span, swarm.upper.span)
        confineEscapedRows(particles, &positions, &velocities, of: swarm) { x, v, _, block in
            let (low, high) = (lower[block], upper[block])
            return (knee_max(knee_min(x, high), low), knee_select(knee_outside(x, low, high), knee_splat(0), v))
        }
    }
}

extension BoundaryRule where Self == ClampRule {
    public static var clamp: ClampRule { ClampRule() }
}
