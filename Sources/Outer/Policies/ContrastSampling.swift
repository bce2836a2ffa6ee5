import Inner

/// Measure what tells the leader from its rival best for its price: with y = phi_leader - phi_rival, the arm x with
/// the largest
///
///     (x'S y)^2 / (s2 + x'S x) / sqrt(T)
///
/// which is the variance of the contrast that one run at x takes away (its prefixes not counted), per square root of
/// its evaluations. The leader has the highest mean utility, the rival the highest drawn one of all others. One
/// decision in ten launches the rival itself, so no arm starves. Contenders are the arms that came nearest, with the
/// criterion in the place of the drawn utility.
///
/// Propensity: the shares with which contenders of the draw are the rival in joint draws, summed over the rivals that
/// would have led to this arm.
/// - Complexity: O(arms d + m d^2) a rival, with m arms whose bound (x'S x = 0) exceeds the best found.
/// - SeeAlso: Soare, Lazaric & Munos (2014), Best-arm identification in linear bandits, doi:10.48550/arXiv.1409.6110
public struct ContrastSampling: Policy {
    public var name: String { "contrast" }
    public var pursuesTarget: Bool { true }

    static let rivalShare = 0.1
    /// Arms whose criterion is computed in any case.
    static let leastMeasured = Comparison.contendersEach

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let comparison = Comparison(beliefs)
        let leader = comparison.leader(comparison.means, among: allowed)
        let others = allowed.filter { $0 != leader }
        guard !others.isEmpty else { return Decision(arm: leader, contenders: [], propensity: 1) }

        var chance = stream.split(.decision)
        let launchesRival = chance.uniform() < Self.rivalShare
        let rivals = comparison.contenders(comparison.draw(using: &chance), among: others)
        let measured = measurements(leader, rivals[0].arm, comparison, beliefs.space, allowed)
        let arm = launchesRival ? rivals[0].arm : measured[0].arm

        var propensity = 0.0
        let shares = comparison.leadShares(of: rivals, own: 0, stream.split(.propensity))
        for (index, rival) in rivals.enumerated() where shares[index] > 0 {
            let best = index == 0 ? measured : measurements(leader, rival.arm, comparison, beliefs.space, allowed)
            if best[0].arm == arm { propensity += (1 - Self.rivalShare) * shares[index] }
            if rival.arm == arm { propensity += Self.rivalShare * shares[index] }
        }
        return Decision(
            arm: arm, contenders: contenders(arm, measured, comparison), propensity: min(1, propensity))
    }

    /// Arms with their criterion, best first.
    private func measurements(
        _ leader: Int, _ rival: Int, _ comparison: Comparison, _ space: ArmSpace, _ allowed: [Int]
    ) -> [(arm: Int, gain: Double)] {
        let covariances = comparison.posterior.covariances(withDifferenceOf: leader, and: rival)
        let noise = Beliefs.noiseVariance
        let bounds = allowed.map { arm in
            let budget = Double(space.budget(level: arm % space.levels))
            return (arm: arm, gain: covariances[arm] * covariances[arm] / noise / budget.squareRoot())
        }.sorted { ($1.gain, $0.arm) < ($0.gain, $1.arm) }
        var measured: [(arm: Int, gain: Double)] = []
        var best = 0.0
        for bound in bounds {
            if measured.count >= Self.leastMeasured, bound.gain <= best { break }
            let deviation = comparison.posterior.deviation(of: bound.arm)
            let gain = bound.gain * noise / (noise + deviation * deviation)
            measured.append((bound.arm, gain))
            best = max(best, gain)
        }
        return measured.sorted { ($1.gain, $0.arm) < ($0.gain, $1.arm) }
    }

    private func contenders(
        _ arm: Int, _ measured: [(arm: Int, gain: Double)], _ comparison: Comparison
    ) -> [Decision.Contender] {
        let first = measured.prefix(Comparison.contendersEach)
        let missing =
            first.contains { $0.arm == arm } ? [] : [(arm: arm, gain: measured.first { $0.arm == arm }?.gain ?? 0)]
        return (first + missing).map { comparison.contender($0.arm, draw: $0.gain - comparison.offsets[$0.arm]) }
    }
}

extension Policy where Self == ContrastSampling {
    public static var contrast: ContrastSampling { ContrastSampling() }
}
