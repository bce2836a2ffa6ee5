import Inner

/// What policies on the shared model compare: utilities by draw and by mean.
struct Comparison {
    /// Arms kept as contenders by draw, and again by mean.
    static let contendersEach = 6
    /// Joint draws of the contenders that estimate a propensity, an even number; the decision's own is one more.
    static let propensityDraws = 126

    let posterior: Posterior
    /// Of every arm at the posterior mean: its score or, for a target, minus log2 of the running time it comes to.
    let means: [Double]
    /// What goal and cost add to that.
    let offsets: [Double]
    private let width: DrawWidth
    private let beliefs: Beliefs

    init(_ beliefs: Beliefs) {
        let posterior = beliefs.posterior()
        self.init(beliefs, posterior, width: .whole, means: posterior.mean())
    }

    /// A comparison, and the first draw for it.
    static func drawn(
        _ beliefs: Beliefs, width: DrawWidth, using stream: inout RandomStream
    ) -> (comparison: Comparison, draws: [Double]) {
        let posterior = beliefs.posterior()
        let (means, draws) = posterior.meanAndDraw(width: width.next(using: &stream), using: &stream)
        return (Comparison(beliefs, posterior, width: width, means: means), beliefs.values(of: draws))
    }

    private init(_ beliefs: Beliefs, _ posterior: Posterior, width: DrawWidth, means: [Double]) {
        self.beliefs = beliefs
        self.width = width
        self.posterior = posterior
        self.means = beliefs.values(of: means)
        offsets = beliefs.utilityOffsets()
    }

    /// The same in a draw of the posterior.   - Complexity: O(arms d).
    func draw(using stream: inout RandomStream) -> [Double] {
        values(of: posterior.draw(width: width.next(using: &stream), using: &stream))
    }

    /// The same for given mean scores.
    func values(of scores: [Double]) -> [Double] { beliefs.values(of: scores) }

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
    func leads(of contenders: [Decision.Contender], _ stream: RandomStream) -> [Int] {
        if case .target = beliefs.goal { return leadsOfTarget(contenders, stream) }
        return leadsOfScores(contenders, stream)
    }

    /// Running times depend on the shorter budgets too: all arms are drawn.   - Complexity: O(draws arms d).
    private func leadsOfTarget(_ contenders: [Decision.Contender], _ stream: RandomStream) -> [Int] {
        var chance = stream
        var wins = contenders.map { _ in 0 }
        for _ in 0..<Self.propensityDraws {
            let values = draw(using: &chance)
            wins[
                leading(Array(contenders.indices), count: 1) { values[contenders[$0].arm] + contenders[$0].offset }[0]] +=
                1
        }
        return wins
    }

    /// Every other draw is the one before with its signs turned: both are draws as any others, but of opposite luck, so
    /// shares scatter less than those of independent ones, for half the noise. Widths are dealt in turn, as often as they
    /// are to be expected.   - Complexity: O(k d^2 + draws k^2) with k contenders.
    private func leadsOfScores(_ contenders: [Decision.Contender], _ stream: RandomStream) -> [Int] {
        let factor = posterior.jointFactor(contenders.map(\.arm))
        let utilities = contenders.map { $0.mean + $0.offset }
        var chance = stream
        let noise = chance.normals(Self.propensityDraws / 2 * contenders.count)
        var wins = contenders.map { _ in 0 }
        for pair in 0..<Self.propensityDraws / 2 {
            var (leader, lead) = ((0, 0), (-Double.infinity, -Double.infinity))
            for (index, row) in factor.enumerated() {
                var deviation = 0.0
                for column in 0...index { deviation += row[column] * noise[pair * contenders.count + column] }
                deviation *= width[pair]
                if utilities[index] + deviation > lead.0 { (leader.0, lead.0) = (index, utilities[index] + deviation) }
                if utilities[index] - deviation > lead.1 { (leader.1, lead.1) = (index, utilities[index] - deviation) }
            }
            wins[leader.0] += 1
            wins[leader.1] += 1
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
