import Inner

/// Half of the time the arm that leads in a draw, else the first other arm that leads in a further draw: the leader's
/// rival is pulled as often as the leader, so that the two are told apart sooner.
///
/// After `redraws` draws with the same leader, the runner-up of the last one is launched. Contenders are those of the
/// draw that decided, the first leader left out if it was its rival's turn.
/// Propensity: with p the shares in which contenders lead in joint draws,
///
///     P(a) = p_a / 2 + p_a / 2 sum over b != a of p_b / (1 - p_b)
///
/// No arm starves: any may lead in a draw.
/// - Complexity: O(arms d) a draw, one draw or two for most decisions.
/// - SeeAlso: Russo (2020), Simple Bayesian algorithms for best-arm identification, doi:10.1287/opre.2019.1911
public struct TopTwoThompson: Policy {
    public var name: String { "topTwo" }
    public var pursuesTarget: Bool { true }

    static let redraws = 30

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let comparison = Comparison(beliefs)
        var chance = stream.split(.decision)
        let wantsRival = chance.uniform() < 0.5 && allowed.count > 1
        var draws = comparison.draw(using: &chance)
        let leader = comparison.leader(draws, among: allowed)
        var arms = allowed
        if wantsRival {
            for _ in 0..<Self.redraws {
                draws = comparison.draw(using: &chance)
                if comparison.leader(draws, among: allowed) != leader { break }
            }
            arms = allowed.filter { $0 != leader }
        }
        let contenders = comparison.contenders(draws, among: arms)
        guard allowed.count > 1 else {
            return Decision(arm: leader, contenders: contenders, propensity: 1)
        }
        let rival = wantsRival ? [comparison.contender(leader, draw: draws[leader])] : []
        let shares = comparison.leadShares(of: contenders + rival, own: 0, stream.split(.propensity))
        return Decision(arm: contenders[0].arm, contenders: contenders, propensity: Self.propensity(shares))
    }

    /// Of the first arm.
    private static func propensity(_ shares: [Double]) -> Double {
        0.5 * shares[0] * (1 + shares.dropFirst().reduce(0) { $0 + $1 / (1 - $1) })
    }
}

extension Policy where Self == TopTwoThompson {
    public static var topTwo: TopTwoThompson { TopTwoThompson() }
}
