import Inner

/// Draw theta once, launch the arm with the highest drawn utility: explores what is unknown, not what is merely noisy.
///
/// Propensity: how often the arm leads in joint draws of the contenders, the decision's own draw counted. No arm
/// starves: the draw of any arm may exceed all others.
/// - SeeAlso: Thompson (1933), doi:10.1093/biomet/25.3-4.285; Russo et al. (2018), doi:10.1561/2200000070
public struct ThompsonSampling: Policy {
    public var name: String { "thompson" }
    public var pursuesTarget: Bool { true }

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        var chance = stream.split(.decision)
        let (comparison, draws) = Comparison.drawn(beliefs, using: &chance)
        let contenders = comparison.contenders(draws, among: allowed)
        let shares = comparison.leadShares(of: contenders, own: 0, stream.split(.propensity))
        return Decision(arm: contenders[0].arm, contenders: contenders, propensity: shares[0])
    }
}

extension Policy where Self == ThompsonSampling {
    public static var thompson: ThompsonSampling { ThompsonSampling() }
}
