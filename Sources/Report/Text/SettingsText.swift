import Outer

/// Arms and configurations in words. A family that is no particle swarm has points and generations, or evaluations only.
public enum SettingsText {
    /// `8 particles x 120 iterations`, `cmaes, 8 points x 120 generations` or `nelderMead, 960 evaluations`.
    static func headline(_ arm: Arm) -> String {
        ((arm.configuration.isSwarm ? [] : family(arm.configuration)) + [extent(arm)]).joined(separator: ", ")
    }

    /// `8 x 120, w 0.7298, ring:1`, `8 x 120, cmaes` or `960, nelderMead`.
    public static func label(_ arm: Arm) -> String {
        let configuration = arm.configuration
        let rest = configuration.isParticleSwarm ? Array(swarm(configuration).prefix(2)) : rest(configuration)
        return ([extents(arm)] + rest).joined(separator: ", ")
    }

    /// `8 x 120` or `960`.
    static func extents(_ arm: Arm) -> String {
        arm.configuration.hasSize
            ? "\(arm.configuration.swarmSize) x \(Numbers.grouped(arm.iterations))" : Numbers.grouped(arm.budget)
    }

    /// `8, w 0.7298, ring:1`, `8, cmaes` or `nelderMead`.
    static func words(_ configuration: Configuration) -> String {
        let size = configuration.hasSize ? [String(configuration.swarmSize)] : []
        return (size + rest(configuration)).joined(separator: ", ")
    }

    /// `40 particles, w 0.7298, ring:1`, `8 points, cmaes` or `nelderMead`.
    public static func sentence(_ configuration: Configuration) -> String {
        ([size(configuration)].compactMap(\.self) + rest(configuration)).joined(separator: ", ")
    }

    /// `8 particles x 120 iterations`, `8 points x 120 generations` or `960 evaluations`.
    static func extent(_ arm: Arm) -> String {
        guard let size = size(arm.configuration) else {
            return Numbers.counted(arm.budget, "evaluation", "evaluations")
        }
        return size + " x " + iterations(arm)
    }

    /// `8 particles` or `8 points`; nil if there is no size.
    static func size(_ configuration: Configuration) -> String? {
        guard configuration.hasSize else { return nil }
        return configuration.isSwarm
            ? Numbers.counted(configuration.swarmSize, "particle", "particles")
            : Numbers.counted(configuration.swarmSize, "point", "points")
    }

    static func iterations(_ arm: Arm) -> String {
        arm.configuration.isSwarm
            ? Numbers.counted(arm.iterations, "iteration", "iterations")
            : Numbers.counted(arm.iterations, "generation", "generations")
    }

    /// What tells configurations like this one apart, in the words of a caption; empty if nothing does.
    static func factors(_ configuration: Configuration) -> [String] {
        let size = configuration.hasSize ? [configuration.isSwarm ? "particles" : "points"] : []
        if configuration.experts != nil { return size + ["weights", "step"] }
        return size + (configuration.isParticleSwarm ? ["inertia", "topology"] : [])
    }

    /// What a configuration has beside its size; rules only where they are not the usual ones.
    static func rest(_ configuration: Configuration) -> [String] {
        if let experts = configuration.experts { return self.experts(experts, configuration) }
        return configuration.isParticleSwarm ? swarm(configuration) : family(configuration)
    }

    /// Phi_v, phi_p and phi_g are what people vary most.
    private static func experts(_ rule: ExpertRule, _ configuration: Configuration) -> [String] {
        ["v \(configuration.inertiaLabel)"] + rule.words
    }

    private static func family(_ configuration: Configuration) -> [String] {
        configuration.isParticleSwarm ? [] : [configuration.family]
    }

    private static func swarm(_ configuration: Configuration) -> [String] {
        ["w \(configuration.inertiaLabel)", configuration.topology]
            + (configuration.rule == usualRule ? [] : [configuration.rule])
            + (configuration.boundary == usualBoundary ? [] : [configuration.boundary])
    }

    static let usualRule = "inertiaWeight:1.49618"
    static let usualBoundary = "reflect"
}
