import Inner

/// Draw theta once, launch the arm with the highest drawn utility: explores what is unknown, not what is merely noisy.
///
/// - SeeAlso: Thompson (1933), doi:10.1093/biomet/25.3-4.285; Russo et al. (2018), doi:10.1561/2200000070
public struct ThompsonSampling: Policy {
    public var name: String { "thompson" }

    /// Arms kept as contenders by draw, and again by mean.
    static let contendersEach = 6
    /// Joint draws of the contenders that estimate the propensity.
    static let propensityDraws = 127

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let posterior = beliefs.posterior()
        let offsets = beliefs.offsets().map { $0 ?? -.infinity }
        var chance = stream.split(.decision)
        let draws = posterior.draw(using: &chance)
        let means = posterior.mean()
        let byDraw = leading(allowed, count: Self.contendersEach) { draws[$0] + offsets[$0] }
        let byMean = leading(allowed, count: Self.contendersEach) { means[$0] + offsets[$0] }
        let arms = byDraw + byMean.filter { !byDraw.contains($0) }
        let contenders = arms.map {
            Decision.Contender(arm: $0, draw: draws[$0], mean: means[$0], offset: offsets[$0])
        }
        return Decision(
            arm: arms[0], contenders: contenders,
            propensity: propensity(of: contenders, posterior, stream.split(.propensity)))
    }

    /// How often the first contender leads in joint draws of all of them, the decision's own draw counted.
    private func propensity(of contenders: [Decision.Contender], _ posterior: Posterior, _ stream: RandomStream)
        -> Double
    {
        let factor = posterior.jointFactor(contenders.map(\.arm))
        var chance = stream
        var wins = 1
        var noise = [Double](repeating: 0, count: contenders.count)
        for _ in 0..<Self.propensityDraws {
            for index in noise.indices { noise[index] = chance.normal() }
            var (leader, lead) = (0, -Double.infinity)
            for (index, contender) in contenders.enumerated() {
                var utility = contender.mean + contender.offset
                for column in 0...index { utility += factor[index][column] * noise[column] }
                if utility > lead { (leader, lead) = (index, utility) }
            }
            if leader == 0 { wins += 1 }
        }
        return Double(wins) / Double(Self.propensityDraws + 1)
    }
}

extension Policy where Self == ThompsonSampling {
    public static var thompson: ThompsonSampling { ThompsonSampling() }
}

/// The `count` arms with the highest utility, best first; the lower index where they tie.
func leading(_ arms: [Int], count: Int, by utility: (Int) -> Double) -> [Int] {
    var best: [(arm: Int, utility: Double)] = []
    for arm in arms {
        let value = utility(arm)
        if best.count == count, value <= best[count - 1].utility { continue }
        let position = best.firstIndex { $0.utility < value } ?? best.count
        best.insert((arm, value), at: position)
        if best.count > count { best.removeLast() }
    }
    return best.map(\.arm)
}
