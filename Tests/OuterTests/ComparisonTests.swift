import Foundation
import Inner
import Outer
import Testing

/// Against other implementations, on stored vectors: `Reference/comparisons.py` made them.
@Suite("Statistics of comparisons")
struct ComparisonTests {
    private struct Reference: Decodable {
        struct Blocks: Decodable { let values: [[Double]], ranks: [Double], statistic: Double, probability: Double }
        struct Pairs: Decodable { let differences: [Double], smaller: Double, probability: Double }
        struct Samples: Decodable { let first: [Double], second: [Double], lower: Double }
        struct Holm: Decodable { let probabilities: [Double], adjusted: [Double] }
        struct Range: Decodable { let families: Int, level: Double, bound: Double }
        struct Gamma: Decodable { let shape: Double, x: Double, upper: Double }

        let blocks: [Blocks], pairs: [Pairs], samples: [Samples], holm: [Holm], ranges: [Range], gammas: [Gamma]
    }

    private let reference: Reference

    init() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Reference/comparisons.json")
        reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }

    private func isNear(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
        abs(a - b) <= tolerance * max(1, abs(b))
    }

    @Test("average ranks, Friedman's statistic and its probability are scipy's")
    func friedman() {
        #expect(reference.blocks.count == 4)
        for expected in reference.blocks {
            let ranks = AverageRanks(expected.values)
            #expect(zip(ranks.means, expected.ranks).allSatisfy { isNear($0, $1) })
            #expect(isNear(ranks.statistic, expected.statistic) && isNear(ranks.probability, expected.probability))
        }
        let tied = AverageRanks([[1, 1], [2, 2]])
        #expect(tied.means == [1.5, 1.5] && tied.statistic == 0 && tied.probability == 1)
    }

    @Test("signed ranks are scipy's: exact, with ties, with zeros, and by the normal law")
    func signedRank() {
        #expect(reference.pairs.count == 6)
        for expected in reference.pairs {
            let test = SignedRank(expected.differences)
            #expect(min(test.positive, test.negative) == expected.smaller)
            #expect(isNear(test.probability, expected.probability), "\(test) \(expected.probability)")
        }
        #expect(SignedRank([0, 0]).probability == 1 && SignedRank([]).probability == 1)
    }

    @Test("Holm's adjustment is that of statsmodels; the effect size is a Mann-Whitney U over the pairs")
    func adjustments() {
        for expected in reference.holm {
            let adjusted = SignedRank.holm(expected.probabilities)
            #expect(zip(adjusted, expected.adjusted).allSatisfy { isNear($0, $1) })
        }
        for expected in reference.samples {
            #expect(isNear(probabilityOfLower(expected.first, than: expected.second), expected.lower))
        }
        #expect(probabilityOfLower([1, 2], than: [3]) == 1 && probabilityOfLower([1], than: [1]) == 0.5)
    }

    @Test("the studentized range and the incomplete gamma function are scipy's")
    func laws() {
        for expected in reference.ranges {
            let bound = studentizedRangeBound(families: expected.families, level: expected.level)
            #expect(isNear(bound, expected.bound), "\(expected): \(bound)")
        }
        for expected in reference.gammas {
            #expect(isNear(upperGamma(expected.shape, expected.x), expected.upper, 1e-12), "\(expected)")
        }
    }

    @Test("the critical difference is Demsar's; groups are the largest sets within it")
    func groups() {
        // Demsar (2006), section 3.2.2: four classifiers on 14 data sets, 1.25 at 5 %, ranks 3.143, 2.000, 2.893, 1.964.
        let blocks = (0..<14).map { block in [3.0, 2, 4, 1].map { $0 + 0.01 * Double(block) } }
        #expect(isNear(AverageRanks(blocks).criticalDifference(level: 0.05), 1.25, 0.005))
        let ranks = AverageRanks([[1, 2, 3, 4], [1, 2, 3, 4], [2, 1, 3, 4], [1, 2, 4, 3]])
        #expect(ranks.means == [1.25, 1.75, 3.25, 3.75])
        #expect(ranks.groups(within: 0.6) == [[0, 1], [2, 3]])
        #expect(ranks.groups(within: 1.5) == [[0, 1], [1, 2], [2, 3]])
        #expect(ranks.groups(within: 2) == [[0, 1, 2], [1, 2, 3]])
        #expect(ranks.groups(within: 0.1) == [] && ranks.groups(within: 5) == [[0, 1, 2, 3]])
    }

    @Test(
        "looked at after every block, two equal families are told apart in no more than the stated share of comparisons"
    )
    func falseAlarms() {
        let (level, comparisons, blocks) = (0.05, 1000, 300)
        var (alarms, naive) = (0, 0)
        for number in 0..<comparisons {
            var chance = RandomStream(seed: UInt64(number))
            var comparison = SequentialComparison(level: level)
            var isNaiveAlarm = false
            for block in 1...blocks {
                // Common luck of the block, and of each family; one block in ten is a tie.
                let (shared, isTie) = (chance.normal(), chance.uniform() < 0.1)
                let (a, b) = (shared + chance.normal(), shared + chance.normal())
                comparison.add(first: a, second: isTie ? a : b)
                // The twin looks as often, with a test that is meant for one look.
                let n = Double(comparison.wins + comparison.losses)
                let z = (Double(comparison.wins) - n / 2) / (n / 4).squareRoot()
                if block >= 10, abs(z) > 1.96 { isNaiveAlarm = true }
            }
            alarms += comparison.finding == .undecided ? 0 : 1
            naive += isNaiveAlarm ? 1 : 0
        }
        // Of 1,000 at 5 %, more than 86 come with probability 1e-6.
        #expect(alarms <= 86, "\(alarms) of \(comparisons)")
        #expect(naive > 200, "\(naive)")
    }

    @Test("a family that wins three blocks of four is found, and the interval holds its share")
    func findings() {
        var held = 0
        for number in 0..<200 {
            var chance = RandomStream(seed: 10_000 + UInt64(number))
            var comparison = SequentialComparison(level: 0.05)
            var alwaysHeld = true
            for _ in 0..<200 {
                comparison.add(first: chance.uniform() < 0.75 ? 0 : 2, second: 1)
                alwaysHeld = alwaysHeld && comparison.low <= 0.75 && 0.75 <= comparison.high
            }
            held += alwaysHeld ? 1 : 0
            #expect(comparison.finding == .first, "\(comparison)")
        }
        // 95 % of 200; fewer than 174 come with probability 1e-6.
        #expect(held >= 174, "\(held)")
    }

    @Test(
        "the Bayesian test says who is better, or that it does not matter; exchanged, it says the same the other way round"
    )
    func bayesian() {
        var chance = RandomStream(seed: 3)
        let better = (0..<30).map { _ in 0.5 + 0.3 * chance.normal() }
        let stream = RandomStream(seed: 9)
        let first = BayesianSignedRank(better, region: 0.1, stream: stream)
        #expect(first.firstIsBetter > 0.99 && isNear(first.firstIsBetter + first.areAlike + first.secondIsBetter, 1))
        let other = BayesianSignedRank(better.map { -$0 }, region: 0.1, stream: stream)
        #expect(isNear(other.secondIsBetter, first.firstIsBetter, 0.01))
        let alike = BayesianSignedRank(better.map { ($0 - 0.5) / 30 }, region: 0.1, stream: stream)
        #expect(alike.areAlike > 0.99)
        // One difference weighs a uniform share u: better unless (1 - u)^2 > 1 / 2. Of 20,000 draws, 0.017 are five deviations.
        let one = BayesianSignedRank([1], region: 0, stream: stream)
        #expect(isNear(one.firstIsBetter, 0.5.squareRoot(), 0.017) && one.secondIsBetter == 0)
    }
}
