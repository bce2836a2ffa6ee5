import Inner

/// The arm with the highest mean utility under the shared model, but one decision in ten any arm at random.
///
/// Contenders are compared by mean; an arm launched at random is among them. Propensity: exact. No arm starves.
/// - Complexity: O(arms d).
/// - SeeAlso: Auer, Cesa-Bianchi & Fischer (2002), doi:10.1023/A:1013689704352
public struct EpsilonGreedy: Policy {
    public var name: String { "epsilonGreedy" }
    public var pursuesTarget: Bool { true }

    static let epsilon = 0.1

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let comparison = Comparison(beliefs)
        var chance = stream.split(.decision)
        let explores = chance.uniform() < Self.epsilon
        let best = leading(allowed, count: Comparison.contendersEach) { comparison.means[$0] + comparison.offsets[$0] }
        let arm = explores ? allowed[chance.index(below: allowed.count)] : best[0]
        let contenders = (best.contains(arm) ? best : best + [arm]).map {
            comparison.contender($0, draw: comparison.means[$0])
        }
        let share = Self.epsilon / Double(allowed.count)
        return Decision(
            arm: arm, contenders: contenders, propensity: arm == best[0] ? 1 - Self.epsilon + share : share)
    }
}

extension Policy where Self == EpsilonGreedy {
    public static var epsilonGreedy: EpsilonGreedy { EpsilonGreedy() }
}
