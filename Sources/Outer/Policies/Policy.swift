import Inner

/// Which arm to launch next.
///
/// A decision is a pure function of beliefs and chance: a policy holds no state of its own, so resuming is replaying
/// and any decision can be computed again from the ledger.
public protocol Policy: Sendable {
    var name: String { get }

    /// Chooses among `allowed`, which is not empty.
    ///
    /// - Parameters:
    ///   - beliefs: scored and up to date.
    ///   - allowed: indices of the arms that goal and purse can pay for, rising.
    ///   - stream: the chance of this decision; split it, do not advance it.
    func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision
}

/// Every policy by name.
public enum PolicyCatalogue {
    public static let all = Catalogue<any Policy>(
        "policy",
        [
            .init("thompson", "Thompson sampling on the shared Gaussian model") { .thompson },
            .init("uniform", "uniform random arms: the baseline") { .uniform },
        ])
}
