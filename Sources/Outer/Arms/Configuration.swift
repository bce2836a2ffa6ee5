import Inner
import Strategies

/// Everything about a search but its length. Plug-ins are held by their catalogue names, so a configuration is plain
/// data.
public struct Configuration: Sendable, Hashable, Codable {
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
        self.swarmSize = swarmSize
        self.inertia = try Self.schedule(inertia).name
        self.topology = try TopologyCatalogue.all.make(topology).name
        self.rule = try VelocityRuleCatalogue.all.make(rule).name
        self.boundary = try BoundaryRuleCatalogue.all.make(boundary).name
    }

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
    public func family() throws(SelectionError) -> ParticleSwarm {
        ParticleSwarm(
            size: swarmSize, topology: try TopologyCatalogue.all.make(topology),
            inertia: try InertiaCatalogue.all.make(inertia), rule: try VelocityRuleCatalogue.all.make(rule),
            boundary: try BoundaryRuleCatalogue.all.make(boundary))
    }

    /// Inertia as people read it: the bare weight if it is constant.
    public var inertiaLabel: String {
        inertia.hasPrefix("constant:") ? String(inertia.dropFirst("constant:".count)) : inertia
    }
}
