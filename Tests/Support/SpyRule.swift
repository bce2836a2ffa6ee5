import Inner
import Strategies
import Synchronization

/// A velocity rule that moves as another does and shows what it saw: the swarm, and rows before and after.
public struct SpyRule: VelocityRule {
    public struct Sight: Sendable {
        public let swarm: Swarm
        public let positionsBefore: [Lanes]
        public let velocitiesBefore: [Lanes]
        public let positionsAfter: [Lanes]
        public let velocitiesAfter: [Lanes]
    }

    public let name = "spy"
    private let rule: any VelocityRule
    private let see: @Sendable (Sight) -> Void

    public init(_ rule: any VelocityRule, see: @escaping @Sendable (Sight) -> Void) {
        self.rule = rule
        self.see = see
    }

    public func move(
        _ particles: Range<Int>, _ positions: inout MutableSpan<Lanes>, _ velocities: inout MutableSpan<Lanes>,
        of swarm: Swarm, inertia: Double, draws: RandomStream
    ) {
        let before = (positions.copied, velocities.copied)
        rule.move(particles, &positions, &velocities, of: swarm, inertia: inertia, draws: draws)
        see(
            Sight(
                swarm: swarm, positionsBefore: before.0, velocitiesBefore: before.1, positionsAfter: positions.copied,
                velocitiesAfter: velocities.copied))
    }
}

extension MutableSpan where Element == Lanes {
    var copied: [Lanes] { indices.map { self[$0] } }
}

/// A swarm with `generations` generations of memory, from a search on the rugged bowl.
public func makeSwarm(
    size: Int, box: Box, topology: any Topology = .ring(), generations: Int = 5, stream: RandomStream
) -> Swarm {
    let last = Mutex<Swarm?>(nil)
    let spy = SpyRule(.inertiaWeight()) { sight in last.withLock { $0 = sight.swarm } }
    let family = ParticleSwarm(size: size, topology: topology, rule: spy)
    walk(family, in: box, generations: generations + 1, stream: stream, value: ruggedBowl)
    return last.withLock { $0! }
}

/// Where a search over `horizon` evaluations in `dimension` dimensions stands before its second generation.
public func makeProgress(dimension: Int, horizon: Int) -> Progress {
    let last = Mutex<Progress?>(nil)
    let family = ParticleSwarm(size: 1, inertia: SpyInertia { progress in last.withLock { $0 = progress } })
    walk(
        family, in: Box(0...1, dimension: dimension), generations: 2, horizon: horizon, stream: RandomStream(seed: 1),
        value: ruggedBowl)
    return last.withLock { $0! }
}

private struct SpyInertia: InertiaSchedule {
    let name = "spy"
    let see: @Sendable (Progress) -> Void

    func weight(at progress: Progress) -> Double {
        see(progress)
        return 0.7
    }
}
