import Inner
import Outer
import Problems

/// One decision at 1,344 arms and 120 features, scores brought up to date: Thompson sampling after 100 and 400 pulls,
/// the other policies after 100, with the same pulls behind them.
enum DecisionCost {
    static func report() async throws {
        let problem = try ProblemCatalogue.make("rastrigin")
        let spec = StudySpec(space: try ArmSpace(floor: 625, ceiling: 40_000), purse: 16_000_000)
        let pulls = try await runStudy(spec, workers: 2, launch: launcher(for: problem), record: { _ in }).pulls
        for count in [100, 400] where pulls.count > count + 50 {
            try sample(spec, pulls, after: count).printRow(
                "a decision after \(count) pulls, 1,344 arms, d = 120", unit: "us", factor: 1e6)
        }
        for name in PolicyCatalogue.all.entries.map(\.name) where name != spec.policy {
            let other = StudySpec(space: spec.space, policy: name, purse: spec.purse)
            try sample(other, pulls, after: 100).printRow("the same after 100 pulls, \(name)", unit: "us", factor: 1e6)
        }
    }

    /// Bringing the scores of 100,000 checkpoints up to date and solving for the posterior mean, one pull later each time;
    /// and what it takes to set a study up.
    static func reportRescoring() throws {
        let space = try ArmSpace(floor: 625, ceiling: 40_000)
        var beliefs = try Beliefs(space, goal: .price(1))
        var chance = RandomStream(seed: 5)
        let absorb = { (beliefs: inout Beliefs) in
            let arm = space[chance.index(below: space.count)]
            let checkpoints = (0...space.checkpoint(ofLevel: arm.level)).map {
                Trace.Checkpoint(evaluations: space.grid.evaluations(at: $0), best: chance.normal() - 0.2 * Double($0))
            }
            beliefs.absorb(arm: arm.index, trace: Trace(checkpoints))
            return checkpoints.count
        }
        var count = 0
        while count < 100_000 { count += absorb(&beliefs) }
        beliefs.rescore()
        let times = (0..<30).map { _ in
            _ = absorb(&beliefs)
            return measured {
                beliefs.rescore()
                _ = beliefs.leader()
            }
        }
        Sample(times).printRow("re-scoring 100,000 checkpoints and solving again", unit: "ms", factor: 1e3)
        let starts = (0..<5).map { _ in measured { _ = try? Beliefs(space, goal: .price(1)) } }
        Sample(starts).printRow("features of 1,344 arms at the start of a study", unit: "ms", factor: 1e3)
    }

    /// The times of fifty decisions.
    private static func sample(_ spec: StudySpec, _ pulls: [Pull], after count: Int) throws -> Sample {
        var learner = try Learner(spec)
        var times: [Double] = []
        for number in 0..<count + 50 {
            while learner.beliefs.pulls < learner.visible(to: number) { learner.absorb(pulls[learner.beliefs.pulls]) }
            let time = measured { _ = learner.decide(number, committed: 0) }
            if number >= count { times.append(time) }
        }
        return Sample(times)
    }
}
