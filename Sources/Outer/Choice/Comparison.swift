import Inner

/// What policies on the shared model compare: utilities by draw and by mean.
struct Comparison {
    /// Arms kept as contenders by draw, and again by mean.
    static let contendersEach = 6
    /// Joint draws of the contenders that estimate a propensity; the decision's own is one more.
    static let propensityDraws = 127

    let posterior: Posterior
    let means: [Double]
    /// What goal and cost add to the score of every arm.
    let offsets: [Double]

    init(_ beliefs: Beliefs) {
        posterior = beliefs.posterior()
        means = posterior.mean()
        offsets = beliefs.utilityOffsets()
    }

    /// The arms with the highest drawn utility, best first, then those with the highest mean utility.
    func contenders(_ draws: [Double], among arms: [Int]) -> [Decision.Contender] {
        let byDraw = leading(arms, count: Self.contendersEach) { draws[$0] + offsets[$0] }
        let byMean = leading(arms, count: Self.contendersEach) { means[$0] + offsets[$0] }
        return (byDraw + byMean.filter { !byDraw.contains($0) }).map { contender($0, draw: draws[$0]) }
    }

    /// The arm with the highest utility for these scores.
    func leader(_ scores: [Double], among arms: [Int]) -> Int {
        leading(arms, count: 1) { scores[$0] + offsets[$0] }[0]
    }

    func contender(_ arm: Int, draw: Double) -> Decision.Contender {
        Decision.Contender(arm: arm, draw: draw, mean: means[arm], offset: offsets[arm])
    }

    /// How often each contender leads in `propensityDraws` joint draws of all of them. Arms beyond the contenders are
    /// left out, so shares are estimated from above.
    ///
    /// - Complexity: O(k d^2 + draws k^2) with k contenders.
    func leads(of contenders: [Decision.Contender], _ stream: RandomStream) -> [Int] {
        let factor = posterior.jointFactor(contenders.map(\.arm))
        var chance = stream
        var wins = contenders.map { _ in 0 }
        var noise = [Double](repeating: 0, count: contenders.count)
        for _ in 0..<Self.propensityDraws {
            for index in noise.indices { noise[index] = chance.normal() }
            var (leader, lead) = (0, -Double.infinity)
            for (index, contender) in contenders.enumerated() {
                var utility = contender.mean + contender.offset
                for column in 0...index { utility += factor[index][column] * noise[column] }
                if utility > lead { (leader, lead) = (index, utility) }
            }
            wins[leader] += 1
        }
        return wins
    }

    /// `leads` as shares, the draw in which contender `own` leads counted.
    func leadShares(of contenders: [Decision.Contender], own: Int, _ stream: RandomStream) -> [Double] {
        var wins = leads(of: contenders, stream)
        wins[own] += 1
        return wins.map { Double($0) / Double(Self.propensityDraws + 1) }
    }
}
