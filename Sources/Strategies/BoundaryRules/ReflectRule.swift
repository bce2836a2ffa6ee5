import CSimd
import Inner

/// A coordinate bounces off the wall and its velocity turns round; one that bounced beyond the other wall stops there.
///
/// - SeeAlso: Helwig, Branke & Mostaghim (2013), doi:10.1109/TEVC.2012.2189404
public struct ReflectRule: BoundaryRule {
    public var name: String { "reflect" }

    public func confine(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, draws: RandomStream
    ) {
        let (lower, upper) = (swarm.lower.span, swarm.upper.span)
        confineEscapedRows(particles, &positions, &velocities, of: swarm) { x, v, _, block in
            let (low, high) = (lower[block], upper[block])
            let inside = knee_max(knee_min(x, high), low)
            // 2 wall - x, where the wall is the nearest point of the box; x itself if it is inside.
            let bounced = knee_sub(knee_add(inside, inside), x)
            let turned = knee_sub(knee_splat(0), v)
            return (knee_max(knee_min(bounced, high), low), knee_select(knee_outside(x, low, high), turned, v))
        }
    }
}

extension BoundaryRule where Self == ReflectRule {
    public static var reflect: ReflectRule { ReflectRule() }
}
