import Inner
import Strategies

/// The arms of a study: configurations x budgets. Budgets are octaves, `floor * 2^level`; arm index = configuration *
/// levels + level.
public struct ArmSpace: Sendable, Hashable, Codable {
    public let configurations: [Configuration]
    /// The least budget, in evaluations.
    public let floor: Int
    /// Number of budgets.
    public let levels: Int

    /// The factors whose combinations make the configurations.
    public struct Factors: Sendable {
        /// The family; one that is no particle swarm has sizes and budgets only.
        public var family = FamilyCatalogue.particleSwarm
        public var swarmSizes = [5, 8, 12, 20, 32, 50, 80, 128]
        public var inertias = ["0.4", "0.5", "0.6", "0.7298", "0.8", "0.9"]
        public var topologies = ["global", "ring", "vonNeumann", "random"]
        public var rules = ["inertiaWeight"]
        public var boundaries = ["reflect"]
        /// phi_p, phi_g, phi_w and lambda of a swarm of experts, whose phi_v are `inertias`.
        public var cognitives = [0.3]
        public var socials = [0.2, 0.4, 0.6]
        public var repulsions = [0.05]
        public var steps = [0.5, 0.75, 1]
        /// What all swarms of experts have in common.
        public var experts = ExpertRule()

        public init() {}

        /// Swarms of experts, of the ranges of their authors.
        ///
        /// - SeeAlso: Feng et al. (2024), Model Swarms, arXiv:2410.11163
        public static var expertSwarms: Factors {
            var factors = Factors()
            factors.family = Configuration.expertSwarm
            factors.swarmSizes = [5, 8, 12, 20, 32, 50, 80]
            factors.inertias = ["0.1", "0.2", "0.3"]
            return factors
        }
    }

    /// The default least budget: 62.5 evaluations a dimension (625 at 10 dimensions).
    public static func defaultFloor(dimension: Int) -> Int {
        max(leastFloor, Int((62.5 * Double(dimension)).rounded()))
    }

    /// - Parameters:
    ///   - floor: the least budget, in evaluations.
    ///   - ceiling: the largest budget allowed; the greatest octave at or below it is the last level.
    /// - Throws: `SelectionError` for an unknown name, an empty or repeated factor value, or a ceiling below the floor.
    public init(_ factors: Factors = Factors(), floor: Int, ceiling: Int) throws(SelectionError) {
        guard floor >= Self.leastFloor else {
            throw .argument(
                kind: "floor", value: String(floor),
                requirement:
                    "the least budget is at least \(Self.leastFloor) evaluations, or checkpoints would coincide")
        }
        guard ceiling >= floor else {
            throw .argument(
                kind: "ceiling", value: String(ceiling),
                requirement: "it is at least the least budget, \(floor) evaluations")
        }
        let configurations = try Self.combinations(of: factors)
        try Self.check(configurations)
        self.configurations = configurations
        self.floor = floor
        levels = Self.octaves(from: floor, to: ceiling) + 1
    }

    private static func combinations(of factors: Factors) throws(SelectionError) -> [Configuration] {
        if factors.family == Configuration.expertSwarm { return try expertSwarms(of: factors) }
        var configurations: [Configuration] = []
        guard factors.family == FamilyCatalogue.particleSwarm else {
            for size in factors.swarmSizes {
                configurations.append(try Configuration(family: factors.family, swarmSize: size))
            }
            return configurations
        }
        for boundary in factors.boundaries {
            for rule in factors.rules {
                for topology in factors.topologies {
                    for inertia in factors.inertias {
                        for size in factors.swarmSizes {
                            let made = try Configuration(
                                swarmSize: size, inertia: inertia, topology: topology, rule: rule, boundary: boundary)
                            configurations.append(made)
                        }
                    }
                }
            }
        }
        return configurations
    }

    private static func expertSwarms(of factors: Factors) throws(SelectionError) -> [Configuration] {
        var rules: [ExpertRule] = []
        for cognitive in factors.cognitives {
            for social in factors.socials {
                for repulsion in factors.repulsions {
                    for step in factors.steps {
                        var rule = factors.experts
                        (rule.cognitive, rule.social) = (cognitive, social)
                        (rule.repulsion, rule.step) = (repulsion, step)
                        rules.append(rule)
                    }
                }
            }
        }
        var configurations: [Configuration] = []
        for rule in rules {
            for inertia in factors.inertias {
                guard let weight = Double(inertia) else {
                    throw .argument(
                        kind: "inertia", value: inertia, requirement: "that of a swarm of experts is a number")
                }
                for size in factors.swarmSizes {
                    configurations.append(try Configuration(experts: rule, swarmSize: size, inertia: weight))
                }
            }
        }
        return configurations
    }

    /// The same configurations with no budget above `ceiling`.
    package func limited(to ceiling: Int) throws(SelectionError) -> ArmSpace {
        guard ceiling >= floor else {
            throw .argument(
                kind: "ceiling", value: String(ceiling),
                requirement: "it is at least the least budget, \(floor) evaluations")
        }
        return ArmSpace(configurations, floor: floor, levels: min(levels, Self.octaves(from: floor, to: ceiling) + 1))
    }

    private init(_ configurations: [Configuration], floor: Int, levels: Int) {
        (self.configurations, self.floor, self.levels) = (configurations, floor, levels)
    }

    private static func check(_ configurations: [Configuration]) throws(SelectionError) {
        guard !configurations.isEmpty else {
            throw .argument(kind: "arm space", value: "", requirement: "every factor needs at least one value")
        }
        var seen = Set<Configuration>()
        for configuration in configurations where !seen.insert(configuration).inserted {
            throw .argument(
                kind: "arm space",
                value: "\(configuration.swarmSize), \(configuration.inertia), \(configuration.topology)",
                requirement: "no value of a factor is given twice")
        }
        guard configurations.count <= largestCount else {
            throw .argument(
                kind: "arm space", value: "\(configurations.count) configurations",
                requirement: "at most \(largestCount) combinations can be learned at once")
        }
    }

    /// Combinations of factor values a study can hold.
    public static let largestCount = 5000

    /// Below this, checkpoints a quarter octave apart would round to the same number.
    public static let leastFloor = 8

    private static func octaves(from floor: Int, to ceiling: Int) -> Int {
        var octaves = 0
        while octaves < 40, floor << (octaves + 1) <= ceiling { octaves += 1 }
        return octaves
    }

    public var count: Int { configurations.count * levels }
    public var ceiling: Int { budget(level: levels - 1) }
    public var grid: CheckpointGrid { CheckpointGrid(first: floor) }
    /// Checkpoints of a run at the ceiling.
    public var checkpointCount: Int { checkpoint(ofLevel: levels - 1) + 1 }

    public func budget(level: Int) -> Int { floor << level }
    public func checkpoint(ofLevel level: Int) -> Int { level * CheckpointGrid.perOctave }

    public subscript(index: Int) -> Arm {
        precondition((0..<count).contains(index), "arm \(index) of \(count)")
        let level = index % levels
        return Arm(
            index: index, configurationIndex: index / levels, level: level,
            configuration: configurations[index / levels], budget: budget(level: level))
    }

    public func index(configuration: Int, level: Int) -> Int { configuration * levels + level }
}

/// A configuration with a budget: what one pull launches.
public struct Arm: Sendable, Hashable, Codable {
    public let index: Int
    public let configurationIndex: Int
    public let level: Int
    public let configuration: Configuration
    /// Evaluations.
    public let budget: Int

    /// Whole generations the budget pays for.
    public var iterations: Int { max(1, budget / configuration.swarmSize) }
}
