import Inner
import Outer
import RealModule
import Support
import Testing

/// Fresh searches of a planted curve: quality rises by `slope` an octave up to `knee`, seeds scatter by `noise`, and a
/// search keeps 0.8 of its luck over an octave.
private struct Curve {
    var knee = 3
    var slope = 1.0
    let noise = 0.6
    let octaves = 6

    func searches(_ count: Int, _ stream: RandomStream) -> [[Double]] {
        (0..<count).map { search in
            var chance = stream.split(.search, search)
            var luck = chance.normal()
            return (0...octaves).map { octave in
                if octave > 0 { luck = 0.8 * luck + 0.6 * chance.normal() }
                return -(slope * Double(min(octave, knee)) + noise * luck)
            }
        }
    }

    var budgets: [Int] { (0...octaves).map { 100 << $0 } }

    func confirmation(_ seed: Int, searches count: Int = 10, price: Double = 1) -> KneeConfirmation {
        let stream = RandomStream(seed: 77).split(.run, seed)
        return KneeConfirmation(
            searches(count, stream), budgets: budgets, goal: .price(price), stream: stream.split(.verdict))
    }
}

struct KneeConfirmationTests {
    @Test("the knee of fresh searches is found, and its 90 % interval covers it in 87 to 100 % of 300 confirmations")
    func coverage() {
        // Steep below the knee and flat beyond: the planted knee is the true one. Of 300 intervals that cover in 90 %, fewer
        // than 243 (81 %) do so with a chance below 1e-6; of such that cover in 70 %, 243 or more as rarely.
        var (covered, exact) = (0, 0)
        for seed in 0..<300 {
            let confirmation = Curve().confirmation(seed)
            covered += confirmation.low <= 800 && 800 <= confirmation.high ? 1 : 0
            exact += confirmation.median == 800 ? 1 : 0
        }
        #expect(covered >= 243, "\(covered)")
        #expect(exact >= 150, "\(exact)")
    }

    @Test(
        "one search would say too much: with its luck taken for knowledge the interval covers too rarely (broken twin)")
    func brokenTwin() {
        // The same searches, told ten times each: a hundred that are only ten.
        var covered = 0
        for seed in 0..<300 {
            let stream = RandomStream(seed: 77).split(.run, seed)
            let few = Curve(knee: 3, slope: 0.45).searches(3, stream)
            let many = (0..<40).flatMap { _ in few }
            let sure = KneeConfirmation(many, budgets: Curve().budgets, goal: .price(1), stream: stream.split(.verdict))
            covered += sure.low <= 800 && 800 <= sure.high ? 1 : 0
        }
        #expect(covered < 243, "\(covered)")
    }

    @Test("a curve that still falls is censored, in at least 95 % of 200 confirmations")
    func censored() {
        let count = (0..<200).count { Curve(knee: 100).confirmation($0).isCensored }
        #expect(count >= 190, "\(count)")
    }

    /// Three octaves of a steep beginning, then six that rise by so many standard deviations of the luck each.
    private func longRise(by slope: Double, _ seed: Int) -> KneeConfirmation {
        let stream = RandomStream(seed: 78).split(.run, seed)
        let values = (0..<30).map { search in
            var chance = stream.split(.search, search)
            return (0..<10).map { octave in
                -(4 * Double(min(octave, 3)) + slope * Double(max(octave - 3, 0)) + chance.normal())
            }
        }
        return KneeConfirmation(
            values, budgets: (0..<10).map { 100 << $0 }, goal: .price(1), stream: stream.split(.verdict))
    }

    @Test("a doubling pays by what it wins itself: neither a steep beginning nor a long way hides or feigns a knee")
    func longCurves() {
        // Phi(0.9 / sqrt 2) = 0.74 of pairs are won, more than two thirds; Phi(0.1 / sqrt 2) = 0.53 are not.
        let (rising, level) = ((0..<40).map { longRise(by: 0.9, $0) }, (0..<40).map { longRise(by: 0.1, $0) })
        #expect(rising.count(where: \.isCensored) >= 38)
        #expect(rising.count { $0.median == $0.budgets.last } >= 34)
        #expect(level.count { $0.median == 800 } >= 34)
        #expect(level.count(where: \.isCensored) <= 2)
    }

    @Test("three searches say less than thirty: their range is wider, and covers the knee as a wide one should")
    func few() {
        // As above: fewer than 243 of 300 would be a coverage below 90 % with a false alarm of 1e-6.
        func width(_ confirmation: KneeConfirmation) -> Double { Double(confirmation.high) / Double(confirmation.low) }
        let few = (0..<300).map { Curve().confirmation($0, searches: KneeConfirmation.leastSearches) }
        let covered = few.count { $0.low <= 800 && 800 <= $0.high }
        #expect(covered >= 243, "\(covered)")
        let many = (0..<20).map { Curve().confirmation($0, searches: 30) }
        #expect(few[..<20].map(width).reduce(0, +) > many.map(width).reduce(0, +))
    }

    @Test(
        "the range leaves out an end with half of whose mass it would be passed, but not the largest budget with a twentieth"
    )
    func ends() {
        // Of two budgets all is told by the mass at the larger one. Closed ranges of whole octaves would keep the lesser one up to a
        // mass of 0.95 at the larger; those that treat both ends alike would leave out the larger one from 0.1 downwards.
        let all = (0..<120).map { seed in
            var chance = RandomStream(seed: 79).split(.run, seed)
            let gain = 0.2 + 1.8 * chance.uniform()
            let values = (0..<12).map { _ in [chance.normal(), chance.normal() - gain] }
            return KneeConfirmation(values, budgets: [10, 20], goal: .price(1), stream: chance.split(.verdict))
        }
        for fresh in all {
            #expect(fresh.low == (fresh.massAtLargest >= 0.9 ? 20 : 10), "\(fresh.massAtLargest)")
            #expect(fresh.high == (fresh.massAtLargest > 0.05 ? 20 : 10), "\(fresh.massAtLargest)")
            #expect((fresh.low...fresh.high).contains(fresh.median) && fresh.isCensored == (fresh.high == 20))
        }
        #expect(all.contains { 0.9..<0.95 ~= $0.massAtLargest } && all.contains { 0.05..<0.1 ~= $0.massAtLargest })
    }

    @Test("a flat curve has its knee at the least budget")
    func flat() {
        let count = (0..<100).count { Curve(slope: 0).confirmation($0).median == 100 }
        #expect(count >= 90, "\(count)")
    }

    @Test("two thirds of pairs is where a doubling pays; ties count half")
    func pairs() {
        let values: [[Double]] = [[4, 1], [2, 2], [3, 0]]
        let confirmation = KneeConfirmation(values, budgets: [10, 20], goal: .price(1), stream: RandomStream(seed: 1))
        // 1 < 2, 1 < 3; 2 < 4, 2 < 3; 0 < 4, 0 < 2: all six.
        #expect(confirmation.doublingWins == [1])
        #expect(confirmation.medians == [3, 1] && confirmation.searches == 3)
        let tied = KneeConfirmation(
            [[1, 1], [1, 1]], budgets: [10, 20], goal: .price(1), stream: RandomStream(seed: 1))
        #expect(tied.doublingWins == [0.5])
        let without = KneeConfirmation(
            [[.infinity, 1], [.infinity, .infinity]], budgets: [10, 20], goal: .price(1), stream: RandomStream(seed: 1))
        #expect(without.medians == [nil, nil] && without.doublingWins == [0.75])
    }

    @Test("any increasing transform of the values changes nothing but the medians")
    func invariance() {
        let stream = RandomStream(seed: 5)
        let values = Curve().searches(10, stream)
        let plain = KneeConfirmation(values, budgets: Curve().budgets, goal: .price(1), stream: stream)
        for transform in [{ Double.exp($0) }, { $0 * $0 * $0 }, { 5 * $0 - 2 }] as [@Sendable (Double) -> Double] {
            let other = KneeConfirmation(
                values.map { $0.map(transform) }, budgets: Curve().budgets, goal: .price(1), stream: stream)
            #expect(other.low == plain.low && other.high == plain.high && other.median == plain.median)
            #expect(other.massAtLargest == plain.massAtLargest && other.doublingWins == plain.doublingWins)
        }
    }

    @Test("a higher price never moves the knee up")
    func price() {
        for seed in 0..<20 {
            let knees = [0.25, 1, 2, 8].map { Curve().confirmation(seed, price: $0).median }
            #expect(zip(knees, knees.dropFirst()).allSatisfy { $0 >= $1 })
        }
    }
}
