/// Every search family: the single place where a new one is announced.
public enum FamilyCatalogue {
    public struct Entry: Sendable {
        public let name: String
        /// One line for people.
        public let summary: String
    }

    public static let entries = [
        Entry(
            name: "particleSwarm",
            summary: "a swarm: topology, inertia, velocity rule and boundary rule make its members")
    ]
}
