import Inner
import Strategies
import Support
import Testing

/// The groups of a point.
private func groups(_ point: [Double], of experts: Int) -> [[Double]] {
    stride(from: 0, to: point.count, by: experts).map { Array(point[$0..<$0 + experts]) }
}

private func bowl(_ point: [Double]) -> Double {
    point.enumerated().reduce(0) { $0 + ($1.element - 0.1 * Double($1.offset % 3)) * $1.element }
}

@Suite("A swarm whose tensors move by themselves")
struct TensorSwarmTests {
    private static let swarms = [
        ExpertSwarm(patience: 10), ExpertSwarm(size: 3),
        ExpertSwarm(size: 8, mixtures: .extrapolated, skips: .init(iterations: 0.3, particles: 0.4)),
    ]

    @Test("keeps the promises of a family; every group's coefficients add up to 1", arguments: [1, 3, 7])
    func contract(count: Int) {
        for (number, swarm) in Self.swarms.enumerated() {
            let family = TensorSwarm(groups: count, swarm: swarm)
            let boxes = [2, 3, 8, 9].map { family.box(experts: $0, reach: number == 0 ? 0.2 : 10) }
            expectContract(of: family, in: boxes)
            for (experts, box) in zip([2, 3, 8, 9], boxes) {
                for point in generations(of: family, in: box, count: 100, value: bowl).joined() {
                    #expect(groups(point, of: experts).allSatisfy { ($0.reduce(0, +) - 1).magnitude < 1e-12 })
                }
            }
        }
    }

    @Test("with one group, is the swarm of experts", arguments: [1, 2, 9])
    func oneGroup(experts: Int) {
        for swarm in Self.swarms {
            let box = ExpertSwarm.box(experts: experts, reach: 0.5)
            let own = generations(of: TensorSwarm(groups: 1, swarm: swarm), in: box, count: 60, value: bowl)
            #expect(own == generations(of: swarm, in: box, count: 60, value: bowl))
        }
    }

    @Test("with a group for every weight, is the swarm of whole models with factors for every dimension")
    func everyWeight() {
        let (count, weights) = (4, 60)
        var chance = RandomStream(seed: 5)
        let experts = (0..<count).map { _ in (0..<weights).map { _ in chance.normal() } }
        let target = (0..<weights).map { _ in chance.normal() }
        func model(_ point: [Double]) -> [Double] {
            groups(point, of: count).enumerated().map { weight, group in
                zip(group, experts).reduce(0) { $0 + $1.0 * $1.1[weight] }
            }
        }
        func value(_ model: [Double]) -> Double { zip(model, target).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        let swarm = ExpertSwarm(size: 12)
        let family = TensorSwarm(groups: weights, swarm: swarm)
        let box = family.box(experts: count, reach: 1e3)
        let points = generations(of: family, in: box, count: 31) { value(model($0)) }
        for areOfWeights in [true, false] {
            var whole = WeightSwarm(
                swarm, experts: experts, stream: RandomStream(seed: 1), factorsAreOfWeights: areOfWeights, value: value)
            for _ in 0..<30 { whole.iterate(value: value) }
            let furthest = zip(points[30], whole.models).reduce(0) { furthest, pair in
                max(furthest, zip(model(pair.0), pair.1).map { ($0 - $1).magnitude }.max() ?? 0)
            }
            #expect(areOfWeights ? furthest < 1e-9 : furthest > 1e-3, "\(furthest)")
        }
    }

    @Test("begins with whole models, those of the swarm of experts")
    func wholeModels() {
        let family = TensorSwarm(groups: 4)
        let first = generations(of: family, in: family.box(experts: 5), count: 1, value: bowl)[0]
        let whole = generations(of: family.swarm, in: ExpertSwarm.box(experts: 5), count: 1, value: bowl)[0]
        #expect(first.map { groups($0, of: 5) } == whole.map { Array(repeating: $0, count: 4) })
    }

    @Test("every group has factors of its own; one that all share would be noticed")
    func ownFactors() {
        // p = x at first, so that x moves to g by the share r_g / (r_p + r_g).
        let weights = ExpertSwarm.Weights(inertia: 0, cognitive: 1, social: 1, repulsion: 0)
        let swarm = ExpertSwarm(size: 3, weights: weights, steps: .init(first: 1, decay: 1))
        let family = TensorSwarm(groups: 400, swarm: swarm)
        let points = generations(of: family, in: family.box(experts: 3), count: 2) { $0[0] }
        let best = groups(points[0].first { $0[0] == 0 } ?? [], of: 3)[0]
        let bound = kolmogorovSmirnovBound(count: 400, falseAlarm: 1e-6)
        var moved = 0
        for (before, after) in zip(points[0], points[1]) where groups(before, of: 3)[0] != best {
            let start = groups(before, of: 3)[0]
            let length = zip(best, start).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            let shares = groups(after, of: 3).map { group in
                zip(group, zip(best, start)).reduce(0) { $0 + ($1.0 - $1.1.1) * ($1.1.0 - $1.1.1) } / length
            }
            func distance(_ sample: [Double]) -> Double {
                kolmogorovSmirnovDistance(sample) { $0 < 0.5 ? $0 / (2 * (1 - $0)) : 1 - (1 - $0) / (2 * $0) }
            }
            #expect(distance(shares) < bound)
            #expect(distance(Array(repeating: shares[0], count: 400)) > bound)
            moved += 1
        }
        #expect(moved == 2)
    }
}
