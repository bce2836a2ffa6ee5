import Inner
import Strategies
import Testing

/// What every inertia schedule promises: a weight in [0, 1], the same each time, that looks at the horizon only if it
/// says so.
public func expectContract(of schedule: any InertiaSchedule) {
    var looksAtHorizon = false
    for dimension in [1, 10, 1000] {
        let near = makeProgress(dimension: dimension, horizon: 100)
        let far = makeProgress(dimension: dimension, horizon: 1_000_000)
        for evaluations in [0, 1, 50, 100, 10_000, 1_000_000, 1_000_000_000] {
            for stagnation in [0, 1, 10, 1_000_000] {
                let weights = [near, far].map { place in
                    var progress = place
                    progress.evaluations = evaluations
                    progress.stagnation = stagnation
                    let weight = schedule.weight(at: progress)
                    #expect(weight.isFinite && (0...1).contains(weight), "\(schedule.name) gives \(weight)")
                    #expect(weight == schedule.weight(at: progress))
                    return weight
                }
                looksAtHorizon = looksAtHorizon || weights[0] != weights[1]
            }
        }
    }
    #expect(schedule.isHorizonBound == looksAtHorizon, "\(schedule.name)")
    #expect(ParticleSwarm(size: 3, inertia: schedule).isHorizonBound == looksAtHorizon)
}
