import Inner
import Ledger
import Outer
import Problems

/// What differs between a recorded study and what is asked for now. What was not asked for is the recorded study's, so
/// only what was said can differ.
enum Drift {
    /// The flags, and other words, that would change the study's results. A study that was extended may be asked for as it
    /// was begun: that takes nothing from it.
    static func flags(_ recorded: StudyRecord, _ problem: ProblemManifest, _ spec: StudySpec) -> [String] {
        let isAsBegun = flags(recorded.spec(ofDecision: 0), spec).isEmpty
        return flags(recorded.problem, problem) + (isAsBegun ? [] : flags(recorded.spec, spec))
    }

    private static func flags(_ old: ProblemManifest, _ new: ProblemManifest) -> [String] {
        switch (old, new) {
        case (.catalogue(let oldName, _, _), .catalogue(let name, _, _)) where oldName != name: ["the problem"]
        case (
            .catalogue(_, let oldDimension, let oldInstance), .catalogue(_, let dimension, let instance)
        ):
            named([("--dimension", oldDimension != dimension), ("--instance", oldInstance != instance)])
        case (.command(let old), .command(let new)): flags(old, new)
        case (.digits(let old), .digits(let new)): named([("--pool", old != new)])
        default: ["the problem"]
        }
    }

    private static func flags(_ old: CommandSpec, _ new: CommandSpec) -> [String] {
        named([
            ("the command", old.words != new.words), ("--protocol", old.protocolName != new.protocolName),
            ("--dimension", old.box.dimension != new.box.dimension),
            ("the bounds", old.box.dimension == new.box.dimension && old.box != new.box),
            ("--noisy", old.isNoisy != new.isNoisy), ("--batch", old.batch != new.batch),
            ("--eval-timeout", old.limits.time != new.limits.time),
            ("--memory-limit", old.limits.memory != new.limits.memory),
            ("--max-output", old.limits.output != new.limits.output), ("--retries", old.retries != new.retries),
            ("--env", old.environment != new.environment), ("--work-dir", old.workFolder != new.workFolder),
            ("--experts", old.experts?.files != new.experts?.files),
            ("--merge", old.experts?.merge != new.experts?.merge),
            ("--validation", old.experts?.examples != new.experts?.examples),
        ])
    }

    private static func flags(_ old: StudySpec, _ new: StudySpec) -> [String] {
        let (oldFactors, factors) = (old.space.factors, new.space.factors)
        return named([
            ("--seed", old.seed != new.seed), ("--max-evaluations", old.purse != new.purse),
            ("--max-pulls", old.maxPulls != new.maxPulls), ("--spend-all", old.stopsWhenSure != new.stopsWhenSure),
            ("--confirm", old.freshSearches != new.freshSearches), (goalFlag(new.goal), old.goal != new.goal),
            ("--cost", old.cost != new.cost), ("--policy", old.policy != new.policy),
            ("--in-flight", old.lookAhead != new.lookAhead), ("--warm", old.warm != new.warm),
            ("--floor", old.space.floor != new.space.floor),
            // Another floor alone moves the octaves below the same ceiling.
            ("--ceiling", old.space.floor == new.space.floor && old.space.levels != new.space.levels),
            ("--family", oldFactors.family != factors.family),
            ("--swarm-sizes", oldFactors.swarmSizes != factors.swarmSizes),
            ("--inertias", oldFactors.inertias != factors.inertias),
            ("--topologies", oldFactors.topologies != factors.topologies),
            ("--rules", oldFactors.rules != factors.rules),
            ("--boundaries", oldFactors.boundaries != factors.boundaries),
            ("--cognitives", oldFactors.cognitives != factors.cognitives),
            ("--socials", oldFactors.socials != factors.socials),
            ("--repulsions", oldFactors.repulsions != factors.repulsions),
            ("--steps", oldFactors.steps != factors.steps),
            ("how swarms of experts move", oldFactors.experts != factors.experts),
        ])
    }

    private static func goalFlag(_ goal: Goal) -> String {
        switch goal {
        case .price: "--price"
        case .total: "--total"
        case .target: "--target"
        }
    }

    private static func named(_ differences: [(String, Bool)]) -> [String] { differences.filter(\.1).map(\.0) }
}

extension ArmSpace {
    /// The values whose combinations the configurations are, in their order.
    var factors: Factors {
        var factors = Factors()
        factors.family = configurations[0].family
        factors.swarmSizes = distinct(\.swarmSize)
        factors.inertias = distinct(\.inertia)
        factors.topologies = distinct(\.topology)
        if let first = configurations[0].experts {
            factors.cognitives = distinct { $0.experts?.cognitive }.compactMap(\.self)
            factors.socials = distinct { $0.experts?.social }.compactMap(\.self)
            factors.repulsions = distinct { $0.experts?.repulsion }.compactMap(\.self)
            factors.steps = distinct { $0.experts?.step }.compactMap(\.self)
            factors.inertias = distinct(\.inertiaLabel)
            factors.experts = first.common
            return factors
        }
        factors.rules = distinct(\.rule)
        factors.boundaries = distinct(\.boundary)
        return factors
    }

    private func distinct<Value: Equatable>(_ value: (Configuration) -> Value) -> [Value] {
        configurations.reduce(into: []) { values, configuration in
            let fresh = value(configuration)
            if !values.contains(fresh) { values.append(fresh) }
        }
    }
}
