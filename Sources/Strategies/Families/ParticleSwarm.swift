import Inner

/// The particle swarm: a velocity rule over a topology, with an inertia schedule and a boundary rule.
public struct ParticleSwarm: SearchFamily {
    /// That of the family, or of the composition that has one of its own.
    public let name: String
    public let size: Int
    public let topology: any Topology
    public let inertia: any InertiaSchedule
    public let rule: any VelocityRule
    public let boundary: any BoundaryRule
    /// How much of the way to another uniform point the first velocity leads.
    public let launch: Double

    /// - Precondition: `size` >= 1.
    public init(
        size: Int, topology: any Topology = .global, inertia: any InertiaSchedule = .constant(0.7298),
        rule: any VelocityRule = .inertiaWeight(), boundary: any BoundaryRule = .reflect,
        launch: Double = 0.5, named name: String = FamilyCatalogue.particleSwarm
    ) {
        precondition(size >= 1, "a swarm needs at least one particle, not \(size)")
        self.name = name
        self.size = size
        self.topology = topology
        self.inertia = inertia
        self.rule = rule
        self.boundary = boundary
        self.launch = launch
    }

    public var isHorizonBound: Bool { inertia.isHorizonBound }

    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        ParticleSwarmSearch(self, in: box, horizon: horizon, stream: stream)
    }
}

extension SearchFamily where Self == ParticleSwarm {
    public static func particleSwarm(
        size: Int, topology: any Topology = .global, inertia: any InertiaSchedule = .constant(0.7298),
        rule: any VelocityRule = .inertiaWeight(), boundary: any BoundaryRule = .reflect
    ) -> ParticleSwarm {
        ParticleSwarm(size: size, topology: topology, inertia: inertia, rule: rule, boundary: boundary)
    }
}
