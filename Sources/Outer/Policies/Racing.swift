import Inner

/// A race of at most 16 arms: the next run is that of any of them, an arm that a paired t test finds worse than the
/// leader is out, and an arm never tried takes its place.
///
/// After irace, simplified: block j is the j-th run of every arm, which have nothing else in common (there is one
/// problem, and no common seeds), and blocks fill by chance instead of in turn; fresh arms are drawn uniformly instead of
/// near the elite; the race does not end, but after ten runs an arm stays only if it is among the best eight that have
/// as many. Tests begin with the fifth block, at 5 %, two-sided, and are made anew with the scores of today: nothing is
/// remembered but the pulls. A longer run of a configuration counts as a run of its shorter arms.
/// Propensity: exact. Every arm is tried before it is dropped, and there is always room for a fresh one sooner or later.
/// - Complexity: O(observations + arms).
/// - SeeAlso: López-Ibáñez et al. (2016), The irace package, doi:10.1016/j.orp.2016.09.002; Maron & Moore (1997), The
///   racing algorithm, doi:10.1023/A:1006556606079
public struct Racing: Policy {
    public var name: String { "racing" }
    public var isModelFree: Bool { true }

    static let places = 16
    static let firstTest = 5
    static let raceLength = 10
    static let significance = 0.05

    public func decide(from beliefs: Beliefs, allowed: [Int], stream: RandomStream) -> Decision {
        let scores = beliefs.scoresByArm()
        let untried = allowed.filter { scores[$0].isEmpty }
        let runners = runners(among: allowed, scores, beliefs.utilityOffsets())
        if runners.count < Self.places, !untried.isEmpty { return .anyOf(untried, stream) }
        // Nobody is left if the purse cannot pay for those who are.
        return .anyOf(runners.isEmpty ? allowed : runners, stream)
    }

    /// Arms still in the race.
    private func runners(among allowed: [Int], _ scores: [[Double]], _ offsets: [Double]) -> [Int] {
        let tried = allowed.filter { !scores[$0].isEmpty }
        let utilities = zip(scores, offsets).map { $0.reduce(0, +) / Double($0.count) + $1 }
        let tested = tried.filter { scores[$0].count >= Self.firstTest }
        guard let leader = leading(tested, count: 1, by: { utilities[$0] }).first else { return tried }
        let left = tried.filter { arm in
            !isWorse(scores[arm], than: scores[leader], by: offsets[leader] - offsets[arm])
        }
        let old = left.filter { scores[$0].count >= Self.raceLength }
        let elite = leading(old, count: Self.places / 2) { utilities[$0] }
        return left.filter { scores[$0].count < Self.raceLength || elite.contains($0) }
    }

    /// Paired t over the blocks that both have run.
    private func isWorse(_ arm: [Double], than leader: [Double], by offset: Double) -> Bool {
        let differences = zip(leader, arm).map { $0 - $1 + offset }
        let n = differences.count
        guard n >= Self.firstTest else { return false }
        let mean = differences.reduce(0, +) / Double(n)
        let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n - 1)
        let bound = studentBound(freedom: n - 1, tails: Self.significance)
        return mean > bound * (variance / Double(n)).squareRoot()
    }
}

extension Policy where Self == Racing {
    public static var racing: Racing { Racing() }
}
