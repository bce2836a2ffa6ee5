import Inner
import Outer
import Testing

@Suite("Losses of examples")
struct MeanLossTests {
    @Test("Wilson's interval, as tabulated")
    func wilson() {
        // statsmodels 0.14.4: proportion_confint(count, nobs, method="wilson").
        for (wrong, of, low, high) in [
            (0, 20, 0.0, 0.16112515), (3, 20, 0.05236875, 0.36041886), (160, 597, 0.23404330, 0.30493658),
        ] {
            let loss = MeanLoss((0..<of).map { $0 < wrong ? 1 : 0 })
            #expect(abs(loss.low - low) < 1e-7 && abs(loss.high - high) < 1e-7, "\(loss)")
        }
    }

    @Test("Student's interval of other losses; without an end below four")
    func student() {
        // scipy 1.15.2: t.interval(0.95, 4, loc=3, scale=sqrt(2.5 / 5))
        let loss = MeanLoss([1, 2, 3, 4, 5])
        #expect(loss.mean == 3 && abs(loss.low - 1.0367568) < 1e-5 && abs(loss.high - 4.9632432) < 1e-5)
        #expect(MeanLoss([1, 2, 3]).high == .infinity)
    }

    /// The share of 2,000 pairs of equally good models of which one is called better. Both get `shared` right together, and
    /// else one or the other.
    private func falseAlarms(examples: Int, told: (LossDifference) -> Bool) -> Double {
        var chance = RandomStream(seed: 11)
        var alarms = 0
        for _ in 0..<2000 {
            var (own, other) = ([Double](), [Double]())
            for _ in 0..<examples {
                let kind = chance.uniform()
                own.append(kind < 0.6 ? 0 : kind < 0.75 ? 1 : kind < 0.875 ? 0 : 1)
                other.append(kind < 0.6 ? 0 : kind < 0.75 ? 1 : kind < 0.875 ? 1 : 0)
            }
            if told(LossDifference(own, other)) { alarms += 1 }
        }
        return Double(alarms) / 2000
    }

    @Test(
        "of equally good models, one is called better in at most 5 %, by 20 examples and by 200", arguments: [20, 200])
    func nominal(examples: Int) {
        // Three standard errors: a false alarm in a thousand.
        let limit = 0.05 + 3 * (0.05 * 0.95 / 2000).squareRoot()
        #expect(falseAlarms(examples: examples) { $0.isBetter || $0.isWorse } <= limit)
        // Who looks at the means alone calls one better nearly always.
        #expect(falseAlarms(examples: examples) { $0.mean > 0 || $0.mean < 0 } > 0.5)
    }

    @Test("a model that is better on every tenth of 600 examples is called so; one that differs on three is not")
    func power() {
        let other = (0..<600).map { $0 % 3 == 0 ? 1.0 : 0 }
        let better = other.enumerated().map { $0 % 30 == 0 ? 0 : $1 }
        let difference = LossDifference(better, other)
        #expect(difference.isBetter && abs(difference.mean - 1.0 / 30) < 1e-12)
        #expect(LossDifference(other, better).isWorse)
        let hardly = other.enumerated().map { [0, 3, 6].contains($0) ? 0 : $1 }
        #expect(!LossDifference(hardly, other).isBetter)
        // Who agrees on all examples may differ on the next one.
        let same = LossDifference(other, other)
        #expect(!same.isBetter && !same.isWorse && same.low < 0 && same.high > 0)
        #expect(LossDifference([0.5, 0.25, 2, 1], [0.5, 0.25, 2, 1]).high == .infinity)
    }
}
