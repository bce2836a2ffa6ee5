/// How a mixture of experts was found.
public enum MixtureMethod: String, Sendable, CaseIterable, Codable {
    /// By the study: the best in validation of all its searches.
    case composed
    /// One expert, the best in validation.
    case expert
    /// The mean of all experts.
    case uniformSoup
    /// Experts in order of their value, each kept in the mean if that becomes no worse.
    case greedySoup
    /// Mixtures drawn uniformly from the simplex.
    case hullRandom
    /// CMA-ES over the mixtures.
    case hullCMAES
    /// The outer loop of Model Swarms: swarms with settings drawn from its 1,350.
    case modelSwarms

    /// As the command line calls it.
    public var option: String {
        switch self {
        case .composed: "composed"
        case .expert: "expert"
        case .uniformSoup: "uniform-soup"
        case .greedySoup: "greedy-soup"
        case .hullRandom: "random"
        case .hullCMAES: "cmaes"
        case .modelSwarms: "model-swarms"
        }
    }

    /// As people read it.
    var words: String {
        switch self {
        case .composed: "composed expert"
        case .expert: "best expert"
        case .uniformSoup: "uniform soup"
        case .greedySoup: "greedy soup"
        case .hullRandom: "random mixtures"
        case .hullCMAES: "CMA-ES"
        case .modelSwarms: "Model Swarms' loop"
        }
    }

    /// As it stands in a sentence.
    var inSentence: String {
        switch self {
        case .hullRandom, .hullCMAES, .modelSwarms: words
        case .composed, .expert, .uniformSoup, .greedySoup: "the " + words
        }
    }
}
