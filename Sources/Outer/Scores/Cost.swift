/// What a price counts.
public enum Cost: String, Sendable, Codable, CaseIterable {
    /// Evaluations: a budget of T costs T, whatever the configuration.
    case evaluations
    /// Wall time: a budget of T costs T c, where c is what an evaluation takes under the configuration.
    case seconds
}
