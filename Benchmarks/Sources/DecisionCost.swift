import Inner
import Outer
import Problems

/// One decision at 1,344 arms and 120 features, scores brought up to date, after 100 and 400 pulls.
enum DecisionCost {
    static func report() async throws {
        let problem = try ProblemCatalogue.make("rastrigin")
        let spec = StudySpec(space: try ArmSpace(floor: 625, ceiling: 40_000), purse: 4_000_000)
        let pulls = try await runStudy(spec, workers: 2, launch: launcher(for: problem), record: { _ in }).pulls
        for count in [100, 400] where pulls.count > count + 50 {
            var learner = try Learner(spec)
            var times: [Double] = []
            for number in 0..<count + 50 {
                while learner.beliefs.pulls < learner.visible(to: number) {
                    learner.absorb(pulls[learner.beliefs.pulls])
                }
                let time = measured { _ = learner.decide(number, committed: 0) }
                if number >= count { times.append(time) }
            }
            Sample(times).printRow("a decision after \(count) pulls, 1,344 arms, d = 120", unit: "us", factor: 1e6)
        }
    }
}
