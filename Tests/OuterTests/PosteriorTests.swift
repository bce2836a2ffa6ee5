import Inner
import Outer
import Support
import Testing

struct PosteriorTests {
    /// Four configurations, one of them bound to its horizon, x 3 budgets: few enough points for exact features.
    private static func study() throws -> PlantedStudy {
        var factors = ArmSpace.Factors()
        factors.swarmSizes = [8, 20]
        factors.inertias = ["0.7298", "linear"]
        factors.topologies = ["ring"]
        return PlantedStudy(space: try ArmSpace(factors, floor: 16, ceiling: 64))
    }

    /// Pulls of random arms, absorbed by the model and by the reference.
    private static func both(pulls count: Int, seed: UInt64) throws -> (Beliefs, DensePosterior) {
        let study = try study()
        var beliefs = try Beliefs(study.space, goal: .price(1))
        var chance = RandomStream(seed: seed)
        var pulls: [(arm: Int, trace: Trace)] = []
        for pull in 0..<count {
            let arm = study.space[chance.index(below: study.space.count)]
            let trace = study.result(of: arm, stream: chance.split(.search, pull)).trace
            pulls.append((arm.index, trace))
            beliefs.absorb(arm: arm.index, trace: trace)
            // Scoring in between must not matter.
            if pull % 4 == 2 { beliefs.rescore() }
        }
        beliefs.rescore()
        return (beliefs, DensePosterior(study.space, pulls: pulls) { $0.inertia == "linear" })
    }

    @Test("mean and deviation of every arm equal those of whole matrices", arguments: [1, 2, 5, 12, 25])
    func equalsTheReference(pulls: Int) throws {
        for seed in 1...3 as ClosedRange<UInt64> {
            let (beliefs, dense) = try Self.both(pulls: pulls, seed: seed)
            let posterior = beliefs.posterior()
            let mean = posterior.mean()
            for arm in 0..<beliefs.space.count {
                let point = dense.point(ofArm: arm)
                #expect((mean[arm] - dense.mean[point]).magnitude < 1e-6, "arm \(arm)")
                let variance = posterior.deviation(of: arm) * posterior.deviation(of: arm)
                #expect((variance - dense.covariance[point][point]).magnitude < 1e-6, "arm \(arm)")
            }
            #expect((beliefs.seedVariance - dense.seedVariance).magnitude < 1e-12)
        }
    }

    @Test("before the first pull every arm has the prior's mean and deviation")
    func priorIsThePrior() throws {
        let beliefs = try Beliefs(try Self.study().space, goal: .price(1))
        let posterior = beliefs.posterior()
        let mean = posterior.mean()
        #expect(mean.reduce(0, +).magnitude < 1e-9 * Double(mean.count))
        let prior = 0.09 + 0.41 + 0.055 + 0.03 + 0.02 + 0.025 + 0.175 + 0.001
        for arm in 0..<beliefs.space.count {
            let deviation = posterior.deviation(of: arm)
            #expect((deviation * deviation - prior).magnitude < 1e-6)
        }
        #expect(beliefs.leader() == nil && beliefs.seedVariance == 0.2)
    }

    @Test("draws are normal with the stated mean and deviation; a variance as deviation would be noticed")
    func drawsFollowTheLaw() throws {
        let (beliefs, dense) = try Self.both(pulls: 8, seed: 4)
        let posterior = beliefs.posterior()
        let count = 20_000
        var stream = RandomStream(seed: 5)
        let draws = (0..<count).map { _ in posterior.draw(using: &stream) }
        let mean = posterior.mean()
        let bound = kolmogorovSmirnovBound(count: count, falseAlarm: 1e-6 / Double(mean.count))
        for arm in mean.indices {
            let deviation = posterior.deviation(of: arm)
            let distance = { (scale: Double) in
                kolmogorovSmirnovDistance(draws.map { ($0[arm] - mean[arm]) / scale }, cdf: normalCDF)
            }
            #expect(distance(deviation) < bound)
            #expect(distance(deviation * deviation) > bound)
        }
        // Jointly: the difference of two arms has the reference's variance.
        let points = mean.indices.map(dense.point)
        for (a, b) in [(0, 1), (2, 5), (0, mean.count - 1)] {
            let c = dense.covariance
            let variance = c[points[a]][points[a]] + c[points[b]][points[b]] - 2 * c[points[a]][points[b]]
            let sample = draws.map { ($0[a] - $0[b] - mean[a] + mean[b]) / variance.squareRoot() }
            #expect(kolmogorovSmirnovDistance(sample, cdf: normalCDF) < bound)
        }
    }

    @Test("good observations raise an arm's mean, bad ones lower it")
    func meansFollowScores() throws {
        let study = try PlantedStudy.standard()
        let beliefs = try study.beliefs(pulls: 60)
        let mean = beliefs.posterior().mean()
        let good = try #require(mean.indices.max { study.quality(of: $0) < study.quality(of: $1) })
        let bad = try #require(mean.indices.min { study.quality(of: $0) < study.quality(of: $1) })
        #expect(mean[good] > 0.5 && mean[bad] < -0.5)
    }

    @Test("every pull narrows what is believed, and only the arms pulled decide how much")
    func deviationShrinks() throws {
        let study = try PlantedStudy.standard()
        var (beliefs, other) = (try Beliefs(study.space, goal: .price(1)), try Beliefs(study.space, goal: .price(1)))
        var chance = RandomStream(seed: 6)
        let probes = [0, 17, 50, study.space.count - 1]
        var last = probes.map(beliefs.posterior().deviation)
        for pull in 0..<30 {
            let arm = study.space[chance.index(below: study.space.count)]
            beliefs.absorb(arm: arm.index, trace: study.result(of: arm, stream: chance.split(.search, pull)).trace)
            other.absorb(arm: arm.index, trace: study.result(of: arm, stream: chance.split(.noise, pull)).trace)
            beliefs.rescore()
            other.rescore()
            let now = probes.map(beliefs.posterior().deviation)
            for (new, old) in zip(now, last) { #expect(new <= old + 1e-12) }
            #expect(now == probes.map(other.posterior().deviation))
            last = now
        }
        #expect(last.allSatisfy { $0 < 0.6 })
    }

    @Test("however often scores are brought up to date on the way, beliefs are the same to the last bit")
    func scoringOnTheWayChangesNothing() throws {
        let study = try PlantedStudy.standard()
        for every in [1, 3, 7] {
            var (often, once) = (try Beliefs(study.space, goal: .price(1)), try Beliefs(study.space, goal: .price(1)))
            var chance = RandomStream(seed: 7)
            for pull in 0..<25 {
                let arm = study.space[chance.index(below: study.space.count)]
                let trace = study.result(of: arm, stream: chance.split(.search, pull)).trace
                often.absorb(arm: arm.index, trace: trace)
                once.absorb(arm: arm.index, trace: trace)
                if pull % every == 0 { often.rescore() }
            }
            often.rescore()
            once.rescore()
            #expect(often.posterior().mean() == once.posterior().mean())
            #expect(often.posterior().deviation(of: 5) == once.posterior().deviation(of: 5))
            #expect(often.seedVariance == once.seedVariance)
        }
    }

    @Test("the same pulls in the same order give the same beliefs to the last bit")
    func absorbingIsPure() throws {
        let study = try PlantedStudy.standard()
        let (first, second) = (try study.beliefs(pulls: 20), try study.beliefs(pulls: 20))
        #expect(first.posterior().mean() == second.posterior().mean())
        #expect(first.seedVariance == second.seedVariance && first.price == second.price)
        #expect(first.leader() == second.leader() && first.pulls == 20)
    }
}
