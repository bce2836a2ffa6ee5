import Inner

/// Pick one of M = 30 members of an ensemble, launch the arm that is best in its eyes: Thompson sampling whose draws
/// are made once and for all.
///
/// Propensity: the share of members that choose the arm, exactly. An arm that no member favours has no chance until
/// scores move: that is what a finite ensemble costs. As the members' noise fades they follow the scores, so an arm that
/// is best in truth is found unless all members were misled alike.
/// - Complexity: O(M (observations + observed cells d + arms d)).
/// - SeeAlso: Lu & Van Roy (2017), Ensemble sampling, doi:10.48550/arXiv.1705.07347
public struct EnsembleSampling: Policy {
    public var name: String { "ensemble" }
    public var pursuesTarget: Bool { true }

    static let members = 30

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let comparison = Comparison(beliefs)
        var chance = stream.split(.decision)
        let chosen = chance.index(below: Self.members)
        let draws = (0..<Self.members).map { comparison.values(of: beliefs.memberMean($0, comparison.posterior)) }
        let contenders = comparison.contenders(draws[chosen], among: allowed)
        let votes = draws.count { comparison.leader($0, among: allowed) == contenders[0].arm }
        return Decision(
            arm: contenders[0].arm, contenders: contenders, propensity: Double(votes) / Double(Self.members))
    }
}

extension Policy where Self == EnsembleSampling {
    public static var ensemble: EnsembleSampling { EnsembleSampling() }
}
