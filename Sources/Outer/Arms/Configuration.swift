import Inner
import Strategies

/// Everything about a search but its length. Plug-ins are held by their catalogue names, so a configuration is plain
/// data.
///
/// Inertia, topology and rules are those of a particle swarm; another family has none of them. A swarm of experts has an
/// inertia, and its rule is an `ExpertRule`.
public struct Configuration: Sendable, Hashable, Codable {
    public let family: String
    public let swarmSize: Int
    public let inertia: String
    public let topology: String
    public let rule: String
    public let boundary: String

    /// - Throws: `SelectionError` if a name is unknown or the swarm is empty. Names become canonical: `ring` is
    ///   `ring:1`, and a
    ///   bare number is a constant inertia.
    public init(
        swarmSize: Int, inertia: String, topology: String, rule: String = "inertiaWeight", boundary: String = "reflect"
    ) throws(SelectionError) {
        guard (1...Self.largestSwarm).contains(swarmSize) else {
            throw .argument(
                kind: "swarm size", value: String(swarmSize),
                requirement: "a swarm has 1 to \(Self.largestSwarm) particles")
        }
        family = FamilyCatalogue.particleSwarm
        self.swarmSize = swarmSize
        self.inertia = try Self.schedule(inertia).name
        self.topology = try TopologyCatalogue.all.make(topology).name
        self.rule = try VelocityRuleCatalogue.all.make(rule).name
        self.boundary = try BoundaryRuleCatalogue.all.make(boundary).name
    }

    /// A family as its authors made it.
    ///
    /// - Parameter swarmSize: points of a generation; a family without a size has 1.
    /// - Throws: `SelectionError` if there is no such family, or it cannot have that size.
    public init(family: String, swarmSize: Int) throws(SelectionError) {
        guard family != FamilyCatalogue.particleSwarm else {
            self = try Configuration(swarmSize: swarmSize, inertia: "0.7298", topology: "global")
            return
        }
        let entry = try FamilyCatalogue.entry(family)
        guard (1...Self.largestSwarm).contains(swarmSize) else {
            throw .argument(
                kind: "swarm size", value: String(swarmSize),
                requirement: "a generation has 1 to \(Self.largestSwarm) points")
        }
        if entry.sizes == nil, swarmSize != 1 {
            throw .argument(
                kind: "swarm size", value: String(swarmSize), requirement: "a generation of \(family) has no size")
        }
        _ = try entry.family(size: swarmSize)
        self.family = family
        self.swarmSize = swarmSize
        (inertia, topology, rule, boundary) = (Self.none, Self.none, Self.none, Self.none)
    }

    /// A swarm of experts.
    ///
    /// - Parameter inertia: phi_v.
    /// - Throws: `SelectionError` for a factor that it cannot have.
    public init(experts rule: ExpertRule, swarmSize: Int, inertia: Double) throws(SelectionError) {
        guard (1...Self.largestSwarm).contains(swarmSize) else {
            throw .argument(
                kind: "swarm size", value: String(swarmSize),
                requirement: "a swarm has 1 to \(Self.largestSwarm) particles")
        }
        if let flaw = rule.flaw(inertia: inertia) {
            throw .argument(kind: flaw.kind, value: flaw.value, requirement: flaw.requirement)
        }
        family = Self.expertSwarm
        self.swarmSize = swarmSize
        self.inertia = "constant:\(inertia)"
        self.rule = rule.name
        (topology, boundary) = (Self.none, Self.none)
    }

    /// The family whose points are mixtures.
    public static let expertSwarm = "expertSwarm"

    /// What a family has that is no particle swarm.
    private static let none = "none"

    public var isParticleSwarm: Bool { family == FamilyCatalogue.particleSwarm }
    /// The factors of a swarm of experts; nil for any other family.
    public var experts: ExpertRule? { family == Self.expertSwarm ? ExpertRule(rule) : nil }
    /// Whether it is a swarm of particles, of points or of experts.
    public var isSwarm: Bool { isParticleSwarm || family == Self.expertSwarm }
    /// Whether the points of a generation mean anything.
    public var hasSize: Bool { isSwarm || (try? FamilyCatalogue.entry(family))?.sizes != nil }

    /// A schedule, or a bare weight; an error shows what was written.
    private static func schedule(_ text: String) throws(SelectionError) -> any InertiaSchedule {
        guard Double(text) != nil else { return try InertiaCatalogue.all.make(text) }
        do {
            return try InertiaCatalogue.all.make("constant:\(text)")
        } catch {
            guard case .argument(let kind, _, let requirement) = error else { throw error }
            throw .argument(kind: kind, value: text, requirement: requirement)
        }
    }

    public static let largestSwarm = 100_000

    /// The family this configuration names.
    public func searchFamily() throws(SelectionError) -> any SearchFamily {
        if let experts, let inertia = Double(inertiaLabel) { return experts.family(size: swarmSize, inertia: inertia) }
        guard isParticleSwarm else { return try FamilyCatalogue.entry(family).family(size: swarmSize) }
        return ParticleSwarm(
            size: swarmSize, topology: try TopologyCatalogue.all.make(topology),
            inertia: try InertiaCatalogue.all.make(inertia), rule: try VelocityRuleCatalogue.all.make(rule),
            boundary: try BoundaryRuleCatalogue.all.make(boundary))
    }

    /// Inertia as people read it: the bare weight if it is constant.
    public var inertiaLabel: String {
        inertia.hasPrefix("constant:") ? String(inertia.dropFirst("constant:".count)) : inertia
    }
}

extension Configuration {
    private enum CodingKeys: CodingKey { case family, swarmSize, inertia, topology, rule, boundary }

    /// What was recorded before there were other families is a particle swarm.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        family = try container.decodeIfPresent(String.self, forKey: .family) ?? FamilyCatalogue.particleSwarm
        swarmSize = try container.decode(Int.self, forKey: .swarmSize)
        inertia = try container.decode(String.self, forKey: .inertia)
        topology = try container.decode(String.self, forKey: .topology)
        rule = try container.decode(String.self, forKey: .rule)
        boundary = try container.decode(String.self, forKey: .boundary)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if !isParticleSwarm { try container.encode(family, forKey: .family) }
        try container.encode(swarmSize, forKey: .swarmSize)
        try container.encode(inertia, forKey: .inertia)
        try container.encode(topology, forKey: .topology)
        try container.encode(rule, forKey: .rule)
        try container.encode(boundary, forKey: .boundary)
    }
}
