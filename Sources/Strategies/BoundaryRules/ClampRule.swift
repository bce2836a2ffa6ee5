import CSimd
import Inner

/// A coordinate stops at the wall and its velocity is zero.
///
/// - SeeAlso: Clerc (2012), Standard Particle Swarm Optimisation, hal-00764996
public struct ClampRule: BoundaryRule {
    public var name: String { "clamp" }

    public func confine(
        _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>, of swarm: Swarm,
        draws: RandomStream
    ) {
        let (lower, upper, blocks) = (swarm.lower.span, swarm.upper.span, swarm.blocks)
        let zero = knee_splat(0)
        for particle in 0..<swarm.size {
            for block in 0..<blocks {
                let row = particle &* blocks &+ block
                let x = positions[row]
                let (low, high) = (lower[block], upper[block])
                velocities[row] = knee_select(
                    knee_less(x, low), zero, knee_select(knee_less(high, x), zero, velocities[row]))
                positions[row] = knee_max(knee_min(x, high), low)
            }
        }
    }
}

extension BoundaryRule where Self == ClampRule {
    public static var clamp: ClampRule { ClampRule() }
}
