import Inner

/// Brackets over the budgets that are open, one after the other: 2^(levels - 1) configurations drawn at random run at the least budget, the better
/// half of them at twice that, and so on, until one is left to run at the largest.
///
/// What a rung still wants is launched in random order. Where a bracket stands is read from the pulls: runs that the
/// open rung does not want, such as those in flight when it closed, count for the model only. Halving goes by the score
/// at equal budgets, so the price plays no part in it. If purse or goal can pay for nothing that is wanted, any allowed
/// arm is launched. Propensity: exact. Every configuration may enter every bracket; none is dropped but by a run of its
/// own.
/// - Complexity: O(pulls).
/// - SeeAlso: Jamieson & Talwalkar (2016), Non-stochastic best arm identification and hyperparameter optimization,
///   doi:10.48550/arXiv.1502.07943
public struct SuccessiveHalving: Policy {
    public var name: String { "halving" }
    public var pursuesTarget: Bool { true }
    public var isModelFree: Bool { true }

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        var rung = Rung(beliefs.space, levels: beliefs.levels)
        for ending in beliefs.endings() {
            if rung.isNew { rung = Rung(beliefs.space, levels: ending.levels) }
            rung.take(ending.arm, score: ending.score)
        }
        if rung.isNew { rung = Rung(beliefs.space, levels: beliefs.levels) }
        let wanted = allowed.filter(rung.wants)
        return .anyOf(wanted.isEmpty ? allowed : wanted, stream)
    }

    /// The open rung of a bracket.
    private struct Rung {
        private let space: ArmSpace
        private let levels: Int
        private var level = 0
        /// Configurations that enter; nil if any may.
        private var entrants: [Int]?
        /// Runs the rung is made of.
        private var size: Int
        private var done: [(configuration: Int, score: Double)] = []

        init(_ space: ArmSpace, levels: Int) {
            self.space = space
            self.levels = levels
            size = min(1 << (levels - 1), space.configurations.count)
        }

        /// Whether its bracket has no run yet: it is over the budgets that are open to its first.
        var isNew: Bool { entrants == nil && done.isEmpty }

        func wants(_ arm: Int) -> Bool {
            let configuration = arm / space.levels
            return arm % space.levels == level && entrants?.contains(configuration) ?? true
                && !done.contains { $0.configuration == configuration }
        }

        /// Absorbs a run; closes the rung once it is full.
        mutating func take(_ arm: Int, score: Double) {
            guard wants(arm) else { return }
            done.append((arm / space.levels, score))
            guard done.count == size else { return }
            guard level + 1 < levels else { return self = Rung(space, levels: levels) }
            size = max(1, size / 2)
            entrants = leading(Array(done.indices), count: size) { done[$0].score }.map { done[$0].configuration }
            level += 1
            done = []
        }
    }
}

extension Policy where Self == SuccessiveHalving {
    public static var halving: SuccessiveHalving { SuccessiveHalving() }
}
