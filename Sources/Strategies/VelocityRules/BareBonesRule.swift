import CSimd
import Inner

/// x_j ~ N((p_j + g_j) / 2, |p_j - g_j|): no velocity, no inertia; the spread of the bests is the step size.
///
/// - SeeAlso: Kennedy (2003), doi:10.1109/SIS.2003.1202251
public struct BareBonesRule: VelocityRule {
    public var name: String { "bareBones" }

    public func move(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, inertia: Double, draws: RandomStream
    ) {
        let half = knee_splat(0.5)
        for particle in particles {
            var normals = RandomStream(seed: draws.key(of: particle))
            for block in 0..<swarm.blocks {
                let row = particle * swarm.blocks + block
                let p = swarm.best[row]
                let g = swarm.best[swarm.guides[particle] * swarm.blocks + block]
                let spread = knee_sub(knee_max(p, g), knee_min(p, g))
                var z = Lanes.zero
                for lane in 0..<min(8, swarm.dimension - block * 8) { z[lane] = normals.normal() }
                positions[row] = knee_add(knee_mul(half, knee_add(p, g)), knee_mul(spread, z))
            }
        }
    }
}

extension VelocityRule where Self == BareBonesRule {
    public static var bareBones: BareBonesRule { BareBonesRule() }
}
