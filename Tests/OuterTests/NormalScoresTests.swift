import Inner
import Outer
import RealModule
import Testing

struct NormalScoresTests {
    private func scores(_ values: [Double]) -> [Double] {
        var pool = NormalScores()
        pool.add(values)
        pool.rank()
        return pool.scores
    }

    /// Numbers with many ties.
    private func sample(_ count: Int, seed: UInt64) -> [Double] {
        var chance = RandomStream(seed: seed)
        return (0..<count).map { _ in (chance.normal() * 20).rounded() / 8 }
    }

    @Test("scores are exactly the same under increasing transforms")
    func invariant() {
        for seed in 0..<20 as Range<UInt64> {
            let values = sample(200, seed: seed)
            let plain = scores(values)
            #expect(scores(values.map(Double.exp)) == plain)
            #expect(scores(values.map { 3 * $0 + 7 }) == plain)
            #expect(scores(values.map { $0 * $0 * $0 }) == plain)
            #expect(scores(values.map { -$0 }) != plain)
        }
    }

    @Test("the least value has the highest score: -PhiInverse((rank - 1/2) / N), ties at their mean rank")
    func formula() {
        #expect(scores([]) == [])
        #expect(scores([5]) == [0])
        let four = [0.125, 0.375, 0.625, 0.875].map { -normalQuantile($0) }
        #expect(scores([1, 2, 3, 4]) == four)
        #expect(scores([30, 10, 40, 20]) == [four[2], four[0], four[3], four[1]])
        let tied = -normalQuantile(2.0 / 4)
        #expect(scores([2, 1, 2, 9]) == [tied, four[0], tied, four[3]])
    }

    @Test("a weight of two is the value seen twice, and equal weights are none")
    func weights() {
        let values = sample(60, seed: 3)
        var (weighted, repeated, equal) = (NormalScores(), NormalScores(), NormalScores())
        weighted.add(values)
        weighted.rank(weights: values.indices.map { $0 % 3 == 0 ? 2 : 1 })
        repeated.add(values + values.indices.filter { $0 % 3 == 0 }.map { values[$0] })
        repeated.rank()
        #expect(weighted.scores == Array(repeated.scores.prefix(60)))
        equal.add(values)
        equal.rank(weights: Array(repeating: 0.25, count: 60))
        #expect(equal.scores == scores(values))
    }

    @Test("infinite values rank worst and share their rank")
    func infiniteIsWorst() {
        let all = scores([.infinity, 1, 1e308, .infinity])
        #expect(all[0] == all[3] && all[0] < all[2] && all[2] < all[1])
        #expect(all[0] == -normalQuantile(3.0 / 4))
    }

    @Test("a pool that grew bit by bit scores as one that came at once")
    func incremental() {
        for seed in 0..<50 as Range<UInt64> {
            let values = sample(150, seed: seed) + [.infinity, .infinity]
            var chance = RandomStream(seed: seed).split(.noise)
            var pool = NormalScores()
            var start = 0
            while start < values.count {
                let end = min(values.count, start + chance.index(below: 12))
                pool.add(Array(values[start..<end]))
                if chance.index(below: 3) > 0 {
                    pool.rank()
                    #expect(pool.scores == scores(Array(values[..<end])))
                }
                start = end
            }
            pool.rank()
            #expect(pool.scores == scores(values) && pool.count == values.count)
        }
    }
}
