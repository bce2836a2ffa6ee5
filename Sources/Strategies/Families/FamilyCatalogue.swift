import Inner
import RealModule

/// Every search family: the single place where a new one is announced.
public enum FamilyCatalogue {
    public struct Entry: Sendable {
        public let name: String
        /// One line for people.
        public let summary: String
        /// What the points of a generation may be; nil if a generation's size means nothing to the family.
        public let sizes: Sizes?
        let make: @Sendable (Int) -> any SearchFamily

        /// A family whose generations have a size.
        init(_ name: String, _ summary: String, sizes: Sizes, make: @escaping @Sendable (Int) -> any SearchFamily) {
            (self.name, self.summary, self.sizes, self.make) = (name, summary, sizes, make)
        }

        /// A family without.
        init(_ name: String, _ summary: String, make: @escaping @Sendable () -> any SearchFamily) {
            (self.name, self.summary, sizes, self.make) = (name, summary, nil, { _ in make() })
        }

        /// The family with generations of so many points; a family without a size looks at none.
        ///
        /// - Throws: `SelectionError` for a size it cannot have.
        public func family(size: Int) throws(SelectionError) -> any SearchFamily {
            if let sizes, size < sizes.least {
                throw .argument(
                    kind: "swarm size", value: String(size), requirement: "\(name) needs at least \(sizes.least) points"
                )
            }
            return make(size)
        }
    }

    /// Points of a generation.
    public struct Sizes: Sendable {
        public let least: Int
        /// Sizes a study chooses from unless told.
        public let choices: [Int]
        /// The size its authors use, by the number of coordinates.
        public let usual: @Sendable (_ dimension: Int) -> Int

        init(least: Int, choices: [Int], usual: @escaping @Sendable (Int) -> Int) {
            (self.least, self.choices, self.usual) = (least, choices, usual)
        }

        /// A swarm of any size, usually of so many particles.
        static func swarm(usual: Int = 40) -> Sizes {
            Sizes(least: 1, choices: [5, 8, 12, 20, 32, 50, 80, 128]) { _ in usual }
        }

        static let comprehensive = Sizes(least: 2, choices: [5, 8, 12, 20, 32, 50, 80, 128]) { $0 <= 10 ? 10 : 40 }

        /// Vectors of a differential evolution.
        static func population(usual: @escaping @Sendable (Int) -> Int) -> Sizes {
            Sizes(least: 4, choices: [5, 8, 12, 20, 32, 50, 80, 128, 200], usual: usual)
        }
    }

    /// The family that has topologies, inertias and rules.
    public static let particleSwarm = "particleSwarm"

    public static let entries = [
        Entry(
            particleSwarm, "a swarm: topology, inertia, velocity rule and boundary rule make its members",
            sizes: .swarm()
        ) { .particleSwarm(size: $0) },
        Entry("spso2011", "Clerc's standard swarm of 2011, which does not know the axes", sizes: .swarm()) {
            .spso2011(size: $0)
        },
        Entry("clpso", "comprehensive learning: every coordinate has a teacher of its own", sizes: .comprehensive) {
            .clpso(size: $0)
        },
        Entry("fullyInformed", "every neighbour pulls, not only the best", sizes: .swarm(usual: 20)) {
            .fullyInformed(size: $0)
        },
        Entry("bareBones", "normal steps about the middle of two bests, no velocity", sizes: .swarm(usual: 20)) {
            .bareBones(size: $0)
        },
        Entry("constriction", "Clerc's and Kennedy's constricted swarm", sizes: .swarm(usual: 30)) {
            .constriction(size: $0)
        },
        Entry(
            "differentialEvolution", "differences of vectors make new ones: rand/1/bin",
            sizes: .population { 10 * $0 }
        ) { .differentialEvolution(size: $0) },
        Entry(
            "jade", "differential evolution that adapts itself, with an archive",
            sizes: .population { $0 <= 10 ? 30 : $0 <= 30 ? 100 : 400 }
        ) { .jade(size: $0) },
        Entry(
            "cmaes", "a normal distribution that learns its shape, restarted with twice the points",
            sizes: Sizes(least: 4, choices: [5, 8, 12, 20, 32, 50, 80, 128]) { 4 + Int(3 * Double.log(Double($0))) }
        ) { .cmaes(size: $0) },
        Entry("nelderMead", "a simplex that steps away from its worst corner, with restarts") { .nelderMead },
        Entry("quasiRandom", "points of a randomised Halton sequence, evenly spread") { .quasiRandom },
        Entry("uniformRandom", "points drawn uniformly, one as good as the other") { .uniformRandom },
    ]

    /// The family of that name, as the catalogue spells it.
    ///
    /// - Throws: `SelectionError`, with what is known.
    public static func entry(_ name: String) throws(SelectionError) -> Entry {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw .unknown(kind: "family", value: name, known: entries.map(\.name))
        }
        return entry
    }
}
