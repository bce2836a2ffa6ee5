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
    /// max_a U(a) of the first draws, summed.
    private var best = 0.0

    /// Draws that the gain is estimated from; more only sharpen the knee.
    static let gainDraws = 200

    /// - Parameters:
    ///   - beliefs: scored and up to date.
    ///   - draws: at least `gainDraws`.
    init(_ beliefs: Beliefs, draws: Int, stream: RandomStream) {
        precondition(draws >= Self.gainDraws, "\(draws) draws; \(Self.gainDraws) are needed")
        let (space, posterior) = (beliefs.space, beliefs.posterior())
        means = posterior.mean()
        offsets = beliefs.utilityOffsets()
        leader = beliefs.leader(by: means)
        own = [Int](0..<space.levels).map { [leader] in
            space.index(configuration: leader.configurationIndex, level: $0)
        }
        var chance = stream
        for draw in 0..<draws {
            let scores = posterior.draw(using: &chance)
            knees.append(leading(own, count: 1) { scores[$0] + offsets[$0] }[0] % space.levels)
            let winner = leading(Array(scores.indices), count: 1) { scores[$0] + offsets[$0] }[0]
            winners.append(winner)
            if draw < Self.gainDraws { best += scores[winner] + offsets[winner] }
            ownScores.append(own.map { scores[$0] })
        }
    }

    /// EVPI = mean over draws of max_a U(a) - max_a mean U(a): what knowing everything would gain, in utility.
    ///
    /// - SeeAlso: Raiffa & Schlaifer (1961), Applied Statistical Decision Theory, chapter 4.
    var expectedGain: Double {
        max(0, best / Double(Self.gainDraws) - (means[leader.index] + offsets[leader.index]))
    }

    /// Share of draws in which the knee is at this level.
    func mass(at level: Int) -> Double { Double(knees.count { $0 == level }) / Double(knees.count) }
}
