import Inner
import Outer
import RealModule
import Testing

@Suite("Families on the same blocks")
struct FamilyComparisonTests {
    /// Blocks of so many problems, in which family f draws from N(shifts[f], 1), moved by the problem and the block.
    private func blocks(
        _ count: Int, problems: Int, shifts: [Double], seed: UInt64 = 1, transform: (Double) -> Double = { $0 }
    ) -> [FamilyComparison.Block] {
        var chance = RandomStream(seed: seed)
        return (0..<count).flatMap { _ in
            (0..<problems).map { problem in
                let own = 100 * Double(problem) + chance.normal()
                return FamilyComparison.Block(
                    problem: problem, values: shifts.map { transform(own + $0 + chance.normal()) })
            }
        }
    }

    @Test("the better family is found, beats the others, and leads the order", arguments: [1, 6])
    func planted(problems: Int) throws {
        let names = ["same", "best", "other"]
        let found = try #require(FamilyComparison(names, blocks(60, problems: problems, shifts: [0, -1.5, 0])))
        #expect(found.order[0] == 1 && found.beats(1, 0) && found.beats(1, 2) && !found.beats(0, 1))
        #expect(!found.beats(0, 2) && !found.beats(2, 0))
        #expect(found.countsProblems == (problems == 6) && found.units == (problems == 6 ? 6 : 60))
        let pair = try #require(found.pairs.first { $0.first == 1 && $0.second == 0 })
        // P(N(-1.5, 2) < 0) = 0.856, within four standard deviations of 60 blocks or more.
        #expect(abs(pair.probabilityOfLower - 0.856) < 0.18 && pair.difference.low > 0)
        #expect(pair.bayesian.firstIsBetter > 0.9)
        #expect(pair.probability < 0.05 || problems == 6)
    }

    @Test("nothing changes if the values of every problem are replaced by an increasing function of them")
    func invariance() throws {
        let plain = try #require(FamilyComparison(["a", "b"], blocks(20, problems: 3, shifts: [0, -0.5])))
        for transform in [{ $0 * 5 - 2 }, { $0 * $0 * $0 }, { Double.exp($0 / 50) }] as [(Double) -> Double] {
            let other = FamilyComparison(["a", "b"], blocks(20, problems: 3, shifts: [0, -0.5], transform: transform))
            #expect(other == plain)
        }
        let falling = FamilyComparison(["a", "b"], blocks(20, problems: 3, shifts: [0, -0.5], transform: -))
        #expect(falling != plain, "a decreasing function does change it")
    }

    @Test("searches without any value are worst, and equal to each other")
    func failures() throws {
        let blocks = (0..<30).map {
            FamilyComparison.Block(problem: 0, values: [.infinity, .infinity, Double($0)])
        }
        let found = try #require(FamilyComparison(["a", "b", "c"], blocks))
        #expect(found.order[0] == 2 && found.beats(2, 0) && found.beats(2, 1) && !found.beats(0, 1))
        #expect(found.pairs.allSatisfy { $0.probability.isFinite && $0.difference.mean.isFinite })
        let nothing = try #require(
            FamilyComparison(["a", "b"], (0..<9).map { _ in .init(problem: 0, values: [.infinity, .infinity]) }))
        #expect(nothing.ranks.probability == 1 && nothing.pairs[0].sequential.finding == .undecided)
    }

    @Test("one block, or one family, is nothing to compare")
    func tooFew() {
        #expect(FamilyComparison(["a", "b"], [.init(problem: 0, values: [1, 2])]) == nil)
        #expect(FamilyComparison(["a"], (0..<9).map { .init(problem: 0, values: [Double($0)]) }) == nil)
        #expect(FamilyComparison(["a", "b"], []) == nil)
    }

    /// Of 400 comparisons of four families that do not differ, some pair is found in at most 5 %; by the binomial law more than
    /// 36 has probability 1e-4. The twin, which gives every pair the whole level, must be caught.
    @Test("of families that do not differ any is found better in at most 5 % of comparisons, all pairs together")
    func falseAlarms() {
        var (alarms, naive) = (0, 0)
        for seed in 1...400 as ClosedRange<UInt64> {
            let blocks = blocks(150, problems: 1, shifts: [0, 0, 0, 0], seed: seed)
            var (isFound, isNaivelyFound) = (false, false)
            for a in 0..<4 {
                for b in a + 1..<4 {
                    var shared = SequentialComparison(level: 0.05 / 6)
                    var whole = 0
                    for (number, block) in blocks.enumerated() {
                        shared.add(first: block.values[a], second: block.values[b])
                        whole += block.values[a] < block.values[b] ? 1 : -1
                        // A test of each look by itself: 1.96 standard deviations.
                        isNaivelyFound =
                            isNaivelyFound
                            || number >= 10 && Double(whole.magnitude) > 1.96 * Double(number + 1).squareRoot()
                    }
                    isFound = isFound || shared.finding != .undecided
                }
            }
            alarms += isFound ? 1 : 0
            naive += isNaivelyFound ? 1 : 0
        }
        #expect(alarms <= 36 && naive > 36, "\(alarms) and \(naive) of 400")
    }

    @Test("quality that is paid for: the same found with half the budget is worth a restart more")
    func priced() {
        var chance = RandomStream(seed: 4)
        let values = (0..<400).map { _ in chance.normal() }
        let utilities = PricedQuality.utilities([values, values], budgets: [2000, 1000], price: 1)
        let gaps = zip(utilities[1], utilities[0]).map { $0 - $1 }
        // s of normal scores is 1, so a doubling costs 1 / sqrt(pi).
        #expect(gaps.allSatisfy { abs($0 - (1 / Double.pi).squareRoot()) < 0.01 }, "\(gaps[0])")
        let free = PricedQuality.utilities([values, values], budgets: [2000, 1000], price: 0)
        #expect(free[0] == free[1])
        #expect(
            zip(free[0].indices, values).allSatisfy { a in
                zip(free[0].indices, values).allSatisfy { b in (a.1 < b.1) == (free[0][a.0] > free[0][b.0]) }
            })
    }
}
