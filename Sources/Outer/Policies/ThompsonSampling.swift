import Inner

/// Draw theta once, launch the arm with the highest drawn utility: explores what is unknown, not what is merely noisy.
///
/// Seven draws of eight lie half as far from the mean as those of the posterior: of replays with 1, 0.8, 0.6, 0.5, 0.4 and
/// 0.3 times the distance, those with a half came to good budgets soonest, after half the evaluations of whole ones. The
/// eighth keeps the promise that no arm starves.
///
/// Propensity: how often the arm leads in joint draws of the contenders, the decision's own draw counted. No arm
/// starves: the draw of any arm may exceed all others.
/// - SeeAlso: Thompson (1933), doi:10.1093/biomet/25.3-4.285; Russo et al. (2018), doi:10.1561/2200000070; on draws of
///   other width, Chapelle and Li (2011), An empirical evaluation of Thompson sampling, NIPS 24
public struct ThompsonSampling: Policy {
    public var name: String { "thompson" }
    public var pursuesTarget: Bool { true }

    static let width = DrawWidth(usual: 0.5, wholeEvery: 8)

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        var chance = stream.split(.decision)
        let (comparison, draws) = Comparison.drawn(beliefs, width: Self.width, using: &chance)
        let contenders = comparison.contenders(draws, among: allowed)
        let shares = comparison.leadShares(of: contenders, own: 0, stream.split(.propensity))
        return Decision(arm: contenders[0].arm, contenders: contenders, propensity: shares[0])
    }
}

extension Policy where Self == ThompsonSampling {
    public static var thompson: ThompsonSampling { ThompsonSampling() }
}
