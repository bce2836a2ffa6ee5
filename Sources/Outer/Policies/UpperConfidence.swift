import Inner

/// UCB-E: the arm with the largest mean score of its own plus sqrt(a / n), n its runs; an arm without runs first.
///
/// The index is on utilities, a = 1 (the variance of all scores together): the a of the paper needs the gaps, which
/// nobody knows. Arms without runs come in random order. Chance has no other part, and runs in flight are not seen: with
/// a look-ahead of L an arm may be launched L times in a row. Propensity: exact. Every arm is tried before any is
/// neglected.
/// - Complexity: O(arms).
/// - SeeAlso: Audibert, Bubeck & Munos (2010), Best arm identification in multi-armed bandits, COLT 23:41-53
public struct UpperConfidence: Policy {
    public var name: String { "ucbE" }
    public var isModelFree: Bool { true }

    /// a
    static let exploration = 1.0

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let untried = allowed.filter { beliefs.scores(of: $0).count == 0 }
        guard untried.isEmpty else { return .anyOf(untried, stream) }
        let offsets = beliefs.utilityOffsets()
        let contenders = allowed.map { arm in
            let scores = beliefs.scores(of: arm)
            let bonus = (Self.exploration / scores.count).squareRoot()
            return Decision.Contender(
                arm: arm, draw: scores.mean + bonus, mean: scores.mean, offset: offsets[arm])
        }
        let best = leading(Array(contenders.indices), count: Comparison.contendersEach) { contenders[$0].drawnUtility }
        return Decision(
            arm: contenders[best[0]].arm, contenders: best.map { contenders[$0] }, propensity: 1)
    }
}

extension Policy where Self == UpperConfidence {
    public static var ucbE: UpperConfidence { UpperConfidence() }
}
