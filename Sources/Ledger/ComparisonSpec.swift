import Inner
import Outer
import Problems

/// What a comparison compares: everything that decides its results.
public struct ComparisonSpec: Sendable, Hashable, Codable {
    public let contestants: [Contestant]
    public let problems: [ComparedProblem]
    /// Blocks of every problem. In block b all contestants have the same instance, initial points and evaluation seeds.
    public let blocks: Int
    public let seed: UInt64
    /// What every contestant may spend on learning its settings for a problem, if it does.
    public let learning: Learning?

    public init(
        contestants: [Contestant], problems: [ComparedProblem], blocks: Int, seed: UInt64, learning: Learning? = nil
    ) {
        (self.contestants, self.problems, self.blocks) = (contestants, problems, blocks)
        (self.seed, self.learning) = (seed, learning)
    }

    /// How settings are learned before they are compared.
    public struct Learning: Sendable, Hashable, Codable {
        /// Evaluations a contestant and problem.
        public let purse: Int
        /// Of a doubling of the budget, in restarts.
        public let price: Double

        public init(purse: Int, price: Double) { (self.purse, self.price) = (purse, price) }
    }

    /// The chance of a block of a problem, the same for all contestants.
    public func stream(problem: Int, block: Int) -> RandomStream {
        RandomStream(seed: seed).split(.comparison, problem, block)
    }

    /// Whether this comparison is the other one with more contestants, problems at the end, or blocks.
    public func extends(_ other: ComparisonSpec) -> Bool {
        seed == other.seed && learning == other.learning && blocks >= other.blocks
            && problems.count >= other.problems.count
            && zip(problems, other.problems).allSatisfy { $0.extends($1, blocks: other.blocks) }
            && Set(other.contestants).isSubset(of: contestants)
    }
}

/// A family and its settings.
public struct Contestant: Sendable, Hashable, Codable {
    /// Unique in a comparison.
    public let name: String
    public let family: String
    /// Points of a generation; nil for as many as its authors use, or for what is learned.
    public let swarmSize: Int?
    /// A particle swarm that is described, not the usual one.
    public let swarm: Configuration?

    public init(name: String, family: String, swarmSize: Int? = nil, swarm: Configuration? = nil) {
        (self.name, self.family, self.swarmSize, self.swarm) = (name, family, swarmSize, swarm)
    }
}

/// A problem, the instances its blocks have in turn, and what is to be spent on it.
public struct ComparedProblem: Sendable, Hashable, Codable {
    /// Its first instance.
    public let manifest: ProblemManifest
    /// Empty if there is only that one.
    public let instances: [Int]
    /// Evaluations, rising.
    public let budgets: [Int]

    public init(_ manifest: ProblemManifest, instances: [Int], budgets: [Int]) {
        (self.manifest, self.instances, self.budgets) = (manifest, instances, budgets)
    }

    /// What the searches of a block search.
    public func manifest(block: Int) -> ProblemManifest {
        guard case .catalogue(let name, let dimension, _) = manifest, !instances.isEmpty else { return manifest }
        return .catalogue(name: name, dimension: dimension, instance: instances[block % instances.count])
    }

    /// An instance that no block has, to learn on; the only one, where there is no other.
    public var learned: ProblemManifest {
        guard case .catalogue(let name, let dimension, _) = manifest, let last = instances.max() else {
            return manifest
        }
        let own = instances.contains(Self.instanceToLearnOn) ? last + 1 : Self.instanceToLearnOn
        return .catalogue(name: name, dimension: dimension, instance: own)
    }

    /// Far from those that blocks have, so that it stays the same when they become more.
    static let instanceToLearnOn = 100_000

    /// Whether it has what the other has in so many blocks.
    func extends(_ other: ComparedProblem, blocks: Int) -> Bool {
        budgets == other.budgets && (0..<blocks).allSatisfy { manifest(block: $0) == other.manifest(block: $0) }
    }

    /// What people call it, whatever its instances.
    public var label: String {
        guard case .catalogue(let name, let dimension, _) = manifest, !instances.isEmpty else { return manifest.label }
        return ProblemManifest.catalogue(name: name, dimension: dimension, instance: ProblemCatalogue.defaultInstance)
            .label
    }
}
