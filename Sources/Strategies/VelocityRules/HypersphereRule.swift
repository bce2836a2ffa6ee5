import CSimd
import Inner
import RealModule

/// v <- w v + (G - x) + r |G - x| u,  G = x + c (p + l - 2 x) / 3,  r ~ U[0, 1), u uniform on the unit sphere: the next
/// point is drawn in a ball about G that has x on its surface, so the law of a move does not know the axes.
///
/// Where a particle is its own best informant, G = x + c (p - x) / 2. The radius is uniform, the point in the ball
/// therefore is not: it is denser towards G, as in the published program. Lengths are measured in widths of the box.
/// - Complexity: O(n d).
/// - SeeAlso: Zambrano-Bigiarini, Clerc & Rojas (2013), doi:10.1109/CEC.2013.6557848; Clerc (2012), Standard Particle
///   Swarm Optimisation, hal-00764996
public struct HypersphereRule: VelocityRule {
    /// c; 1/2 + ln 2 belongs to w = 1 / (2 ln 2).
    public let acceleration: Double

    public init(acceleration: Double) { self.acceleration = acceleration }

    public var name: String { "hypersphere:\(short(acceleration))" }

    public func move(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, inertia: Double, draws: RandomStream
    ) {
        let (best, width, blocks) = (swarm.best.span, swarm.width.span, swarm.blocks)
        let w = knee_splat(inertia)
        for particle in particles {
            let (first, guide) = (particle &* blocks, swarm.guides[particle] &* blocks)
            let isOwnGuide = guide == first
            let share = knee_splat(acceleration / (isOwnGuide ? 2 : 3))
            let chance = RandomStream(seed: draws.key(of: particle))
            var (direction, reach, length) = (chance, 0.0, 0.0)
            let radius = direction.uniform()
            for block in 0..<blocks {
                let row = first &+ block
                let x = positions[row]
                let towardsBest = knee_sub(best[row], x)
                let towardsBoth =
                    isOwnGuide ? towardsBest : knee_add(towardsBest, knee_sub(best[guide &+ block], x))
                let towardsCentre = knee_mul(share, towardsBoth)
                velocities[row] = knee_add(knee_mul(w, velocities[row]), towardsCentre)
                reach += squaredLength(knee_div(towardsCentre, knee_max(width[block], Self.least)))
                length += squaredLength(direction.normals(of: block, dimension: swarm.dimension))
            }
            let scale = knee_splat(radius * (reach / length).squareRoot())
            // The same direction once more: to draw it again is cheaper than a place to keep it.
            direction = chance
            _ = direction.uniform()
            for block in 0..<blocks {
                let row = first &+ block
                let u = knee_mul(scale, direction.normals(of: block, dimension: swarm.dimension))
                let v = knee_add(velocities[row], knee_mul(u, width[block]))
                velocities[row] = v
                positions[row] = knee_add(positions[row], v)
            }
        }
    }

    /// What padding is divided by instead of its width, zero.
    private static let least = knee_splat(.leastNonzeroMagnitude)
}

@inline(__always)
private func squaredLength(_ a: Lanes) -> Double { knee_sum(knee_mul(a, a)) }

extension RandomStream {
    /// The next normal numbers, one a coordinate of this block of a row; padding is zero.
    @inline(__always)
    fileprivate mutating func normals(of block: Int, dimension: Int) -> Lanes {
        var z = Lanes.zero
        for lane in 0..<min(8, dimension &- block &* 8) { z[lane] = normal() }
        return z
    }
}

extension VelocityRule where Self == HypersphereRule {
    public static func hypersphere(acceleration: Double = 0.5 + .log(2)) -> HypersphereRule {
        HypersphereRule(acceleration: acceleration)
    }
}
