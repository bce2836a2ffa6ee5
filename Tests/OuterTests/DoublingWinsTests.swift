import Inner
import Outer
import Testing

struct DoublingWinsTests {
    /// The definition, pair by pair.
    private func share(_ larger: [Double], _ smaller: [Double], _ weights: [Double]) -> Double {
        var (wins, pairs) = (0.0, 0.0)
        for i in larger.indices {
            for k in smaller.indices where k != i {
                wins += weights[i] * weights[k] * (larger[i] < smaller[k] ? 1 : larger[i] == smaller[k] ? 0.5 : 0)
                pairs += weights[i] * weights[k]
            }
        }
        return wins / pairs
    }

    @Test("shares are those of the pairs of different searches, whatever the weights, ties and missing values")
    func definition() {
        var chance = RandomStream(seed: 6)
        for count in [2, 3, 10, 41] {
            // Whole numbers tie; some searches have no value.
            let value = { (chance: inout RandomStream) in
                chance.uniform() < 0.1 ? .infinity : Double(chance.index(below: 9))
            }
            let smaller = (0..<count).map { _ in value(&chance) }
            let larger = smaller.map { min($0, value(&chance)) }
            let weights = (0..<count).map { _ in chance.uniform() }
            let wins = DoublingWins(larger, over: smaller)
            #expect((wins.share(weights) - share(larger, smaller, weights)).magnitude < 1e-12)
            let equal = [Double](repeating: 1, count: count)
            #expect(wins.share(equal) == share(larger, smaller, equal))
        }
    }

    @Test("draws are shares, wider the fewer the searches, and on their way to them the more there are")
    func draws() {
        func deviation(_ count: Int) -> Double {
            var chance = RandomStream(seed: 9)
            let smaller = (0..<count).map { _ in chance.normal() }
            let wins = DoublingWins(smaller.map { $0 - 0.5 }, over: smaller)
            let mean = wins.share([Double](repeating: 1, count: count))
            let shares = (0..<500).map { _ in DoublingWins.draw(of: [wins], searches: count, using: &chance)[0] }
            #expect(shares.allSatisfy { 0 < $0 && $0 < 1 })
            return (shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 500).squareRoot()
        }
        let deviations = [3, 10, 40, 160].map(deviation)
        #expect(zip(deviations, deviations.dropFirst()).allSatisfy { $0 > $1 }, "\(deviations)")
        #expect(deviations[3] < 0.05, "\(deviations)")
    }
}
