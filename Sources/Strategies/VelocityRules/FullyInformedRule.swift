import CSimd
import Inner

/// v <- chi [v + sum over the K informants k of phi/K r_k (p_k - x)]: everyone a particle hears pulls it, not only the
/// best.
///
/// Looks at no inertia schedule.
/// - Complexity: O(n K d).   - SeeAlso: Mendes, Kennedy & Neves (2004), doi:10.1109/TEVC.2004.826074
public struct FullyInformedRule: VelocityRule {
    /// Sum of all accelerations, above 4.
    public let phi: Double
    /// Whether a particle's own best is among what pulls it.
    public let hearsItself: Bool

    /// - Precondition: `phi` > 4.
    public init(phi: Double, hearsItself: Bool = true) {
        precondition(phi > 4, "constriction needs phi > 4, not \(phi)")
        (self.phi, self.hearsItself) = (phi, hearsItself)
    }

    public var name: String { "fullyInformed:\(short(phi))" }

    public func move(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, inertia: Double, draws: RandomStream
    ) {
        let chi = knee_splat(ConstrictionRule.factor(phi))
        for particle in particles {
            let key = draws.key(of: particle)
            let count = swarm.informants.informantCount(of: particle)
            // A particle that is alone hears itself whatever it would rather do.
            let ignoresItself = !hearsItself && count > 1
            let share = knee_splat(phi / Double(ignoresItself ? count - 1 : count))
            for block in 0..<swarm.blocks {
                let row = particle * swarm.blocks + block
                let x = positions[row]
                var pull = Lanes.zero
                var draw = UInt64(block * 8)
                swarm.informants.forEachInformant(of: particle) { informant in
                    if ignoresItself, informant == particle { return }
                    let factor = knee_mul(share, knee_uniform52(knee_splitmix(key, draw)))
                    pull = knee_add(pull, knee_mul(factor, knee_sub(swarm.best[informant * swarm.blocks + block], x)))
                    draw += UInt64(swarm.blocks * 8)
                }
                let v = limit(knee_mul(chi, knee_add(velocities[row], pull)), to: swarm.width[block])
                velocities[row] = v
                positions[row] = knee_add(x, v)
            }
        }
    }
}

extension VelocityRule where Self == FullyInformedRule {
    public static func fullyInformed(phi: Double = 4.1, hearsItself: Bool = true) -> FullyInformedRule {
        FullyInformedRule(phi: phi, hearsItself: hearsItself)
    }
}
