/// How much of what is believed about quality goes back to one factor alone: its main effect in the functional analysis
/// of variance of the posterior mean, every arm weighing the same.
///
///     share(f) = Var_v( E[q | f = v] ) / Var(q)
///
/// What no factor explains alone is their interplay. Shares sum to 1, for the arms are all combinations of the values.
/// - SeeAlso: Hutter, Hoos & Leyton-Brown (2014), An Efficient Approach for Assessing Hyperparameter Importance, ICML.
public struct FactorImportance: Sendable, Equatable, Codable {
    public let factor: Factor
    /// Of the variance of the posterior mean.
    public let share: Double

    public enum Factor: String, Sendable, Codable, CaseIterable {
        case budget, swarmSize, inertia, topology, rule, boundary, cognitive, social, repulsion, step, interplay
    }

    /// The shares of all factors with more than one value, the largest first, the interplay last.
    ///
    /// - Parameters:
    ///   - means: the posterior mean score of every arm.
    ///   - levels: budgets that are open; arms of larger ones are left out. Nil for all.
    /// - Complexity: O(arms).
    public static func of(_ means: [Double], _ space: ArmSpace, levels: Int? = nil) -> [FactorImportance] {
        precondition(means.count == space.count, "\(means.count) means for \(space.count) arms")
        let arms = means.indices.filter { $0 % space.levels < levels ?? space.levels }
        let total = variance(arms.map { means[$0] })
        guard total > 0 else { return [] }
        let main = Factor.allCases.compactMap { factor -> FactorImportance? in
            let effect = factor == .interplay ? nil : mainEffect(of: factor, means, arms, space)
            return effect.map { FactorImportance(factor: factor, share: $0 / total) }
        }
        let explained = main.reduce(0) { $0 + $1.share }
        let interplay = FactorImportance(factor: .interplay, share: max(0, 1 - explained))
        return main.sorted { $0.share > $1.share } + (main.count > 1 ? [interplay] : [])
    }

    /// The variance between the means of a factor's values; nil if it has only one.
    private static func mainEffect(
        of factor: Factor, _ means: [Double], _ arms: [Int], _ space: ArmSpace
    ) -> Double? {
        var sums: [String: (sum: Double, count: Double)] = [:]
        var order: [String] = []
        for arm in arms {
            let value = value(of: factor, space.configurations[arm / space.levels], level: arm % space.levels)
            if sums[value] == nil { order.append(value) }
            sums[value, default: (0, 0)].sum += means[arm]
            sums[value]!.count += 1
        }
        guard order.count > 1 else { return nil }
        return variance(order.map { sums[$0]!.sum / sums[$0]!.count })
    }

    private static func value(of factor: Factor, _ configuration: Configuration, level: Int) -> String {
        switch factor {
        case .budget: String(level)
        case .swarmSize: String(configuration.swarmSize)
        case .inertia: configuration.inertia
        case .topology: configuration.topology
        // That of a swarm of experts has factors of its own.
        case .rule: configuration.experts == nil ? configuration.rule : ""
        case .boundary: configuration.boundary
        case .cognitive: number(configuration.experts?.cognitive)
        case .social: number(configuration.experts?.social)
        case .repulsion: number(configuration.experts?.repulsion)
        case .step: number(configuration.experts?.step)
        case .interplay: ""
        }
    }

    private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

    private static func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
}
