import Inner

/// Which arm to launch next.
///
/// A decision is a pure function of beliefs and chance: a policy holds no state of its own, so resuming is replaying
/// and any decision can be computed again from the ledger.
public protocol Policy: Sendable {
    var name: String { get }
    /// True if it decides without the shared model. A study's verdict goes by the model all the same.
    var isModelFree: Bool { get }
    /// True if it can go for a target. What goes by an arm's own scores, or adds luck to them, knows only prices.
    var pursuesTarget: Bool { get }

    /// Chooses among `allowed`, which is not empty.
    ///
    /// - Parameters:
    ///   - beliefs: scored and up to date.
    ///   - allowed: indices of the arms that goal and purse can pay for, rising.
    ///   - stream: the chance of this decision; split it, do not advance it.
    func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision
}

extension Policy {
    public var isModelFree: Bool { false }
    public var pursuesTarget: Bool { false }
}

/// Every policy by name.
public enum PolicyCatalogue {
    public static let all = Catalogue<any Policy>(
        "policy",
        [
            .init("thompson", "Thompson sampling on the shared Gaussian model") { .thompson },
            .init("topTwo", "top-two Thompson sampling: the leader and its rival in turn") { .topTwo },
            .init("contrast", "the run that best tells leader and rival apart, per root of its cost") { .contrast },
            .init("ensemble", "Thompson sampling with thirty draws made once and for all") { .ensemble },
            .init("predictive", "Thompson sampling that takes luck for ignorance: a control") { .predictive },
            .init("independent", "Thompson sampling without a model, every arm by itself") { .independent },
            .init("ucbE", "UCB-E: own mean plus a bonus for few runs") { .ucbE },
            .init("halving", "successive halving over budgets, bracket after bracket") { .halving },
            .init("racing", "racing with elimination by paired t tests, after irace") { .racing },
            .init("epsilonGreedy", "the best by the model's mean, at random one time in ten") { .epsilonGreedy },
            .init("uniform", "uniform random arms: the baseline") { .uniform },
        ])
}
