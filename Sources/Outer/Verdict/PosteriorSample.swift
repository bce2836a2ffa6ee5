import Inner

/// Joint draws of every arm's utility, and what of them a verdict needs.
struct PosteriorSample {
    /// The arm with the highest posterior mean utility.
    let leader: Arm
    let means: [Double]
    let offsets: [Double]
    /// Arms of the leader's configuration, by level.
    let own: [Int]
    /// By draw: the best arm of all, the best level of the leader's configuration, and the scores of its arms.
    private(set) var winners: [Int] = []
    private(set) var knees: [Int] = []
    private(set) var ownScores: [[Double]] = []
    /// By draw: whether the leader's configuration is better off at a level than at the one below.
    private(set) var pays: [[Bool]] = []
    /// EVPI = mean over draws of max_a U(a) - max_a mean U(a): what knowing everything would gain, in utility.
    ///
    /// - SeeAlso: Raiffa & Schlaifer (1961), Applied Statistical Decision Theory, chapter 4.
    let expectedGain: Double

    /// Draws that the gain is estimated from; more only sharpen the knee.
    static let gainDraws = 200

    /// - Parameters:
    ///   - beliefs: scored and up to date.
    ///   - draws: at least `gainDraws`.
    init(_ beliefs: Beliefs, draws: Int, stream: RandomStream) {
        precondition(draws >= Self.gainDraws, "\(draws) draws; \(Self.gainDraws) are needed")
        let (space, posterior, offsets) = (beliefs.space, beliefs.posterior(), beliefs.utilityOffsets())
        let (means, arms) = (posterior.mean(), Array(0..<space.count))
        let best = { (utilities: [Double]) in leading(arms, count: 1) { utilities[$0] }[0] }
        let isTarget = if case .target = beliefs.goal { true } else { false }
        var chance = stream
        let drawn = posterior.draws(draws, using: &chance)
        var (sum, gain) = ([Double](repeating: 0, count: space.count), 0.0)
        for (draw, scores) in drawn.enumerated() {
            let utilities = zip(beliefs.values(of: scores), offsets).map { $0 + $1 }
            winners.append(best(utilities))
            if draw < Self.gainDraws {
                gain += utilities[winners[draw]]
                if isTarget { for arm in arms { sum[arm] += utilities[arm] } }
            }
        }
        // Utility is linear in the scores but for a target: then its mean is that over draws.
        let utilities = isTarget ? sum.map { $0 / Double(Self.gainDraws) } : zip(means, offsets).map { $0 + $1 }
        let leader = space[best(utilities)]
        let own = (0..<space.levels).map { space.index(configuration: leader.configurationIndex, level: $0) }
        for scores in drawn {
            let values = isTarget ? beliefs.values(of: scores) : scores
            let utilities = own.map { values[$0] + offsets[$0] }
            knees.append(leading(Array(utilities.indices), count: 1) { utilities[$0] }[0])
            pays.append(utilities.indices.map { $0 > 0 && utilities[$0] > utilities[$0 - 1] })
            ownScores.append(own.map { scores[$0] })
        }
        (self.leader, self.means, self.offsets, self.own) = (leader, means, offsets, own)
        expectedGain = max(0, gain / Double(Self.gainDraws) - utilities[leader.index])
    }

    /// Share of draws in which the knee is at this level.
    func mass(at level: Int) -> Double { Double(knees.count { $0 == level }) / Double(knees.count) }
}

extension Beliefs {
    /// EVPI, in utility.   - Complexity: O(draws arms d).
    package func expectedGain(draws: Int, stream: RandomStream) -> Double {
        PosteriorSample(self, draws: draws, stream: stream).expectedGain
    }
}
