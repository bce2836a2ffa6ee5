import Inner
import Outer
import Testing

struct GoalTests {
    @Test("the expected maximum of standard normals, as published")
    func expectedMaxima() {
        let pi = Double.pi
        let published = [
            (1, 0), (2, 1 / pi.squareRoot()), (3, 1.5 / pi.squareRoot()), (5, 1.1629644736), (10, 1.5387527308),
            (100, 2.5075936364),
        ]
        for (k, value) in published { #expect((expectedMaximum(of: k) - value).magnitude < 1e-9, "of \(k)") }
        for k in [1, 10, 1000, 100_000] { #expect(expectedMaximum(of: 2 * k) > expectedMaximum(of: k)) }
    }

    @Test("a price takes kappa s / sqrt(pi) for every doubling", arguments: [0.5, 1, 3])
    func price(kappa: Double) throws {
        for level in 0..<8 {
            let offset = try #require(Goal.price(kappa).offset(level: level, budget: 100 << level, seedDeviation: 0.4))
            let expected = -kappa * 0.4 / Double.pi.squareRoot() * Double(level)
            #expect((offset - expected).magnitude < 1e-15)
        }
    }

    @Test("at price 1 a doubling costs what a restart gains")
    func restartNeutral() throws {
        let doubling = try #require(Goal.price(1).offset(level: 1, budget: 200, seedDeviation: 0.7))
        #expect((doubling + 0.7 * expectedMaximum(of: 2)).magnitude < 1e-9)
    }

    @Test("a total adds the gain of the restarts it pays for, and cannot afford more than itself")
    func total() throws {
        let goal = Goal.total(1000)
        #expect(goal.offset(level: 0, budget: 1001, seedDeviation: 1) == nil)
        for (budget, runs) in [(1000, 1), (501, 1), (500, 2), (100, 10), (99, 10)] {
            let offset = try #require(goal.offset(level: 0, budget: budget, seedDeviation: 0.5))
            #expect(offset == 0.5 * expectedMaximum(of: runs))
        }
    }
}
