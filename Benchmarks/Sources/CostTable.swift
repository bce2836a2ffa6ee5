import ArgumentParser
import Foundation
import Inner
import Ledger
import Outer
import Problems
import Strategies

/// What the outer loop costs: a decision, a recorded pull, and what a second worker gains.
struct CostTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost", abstract: "Cost of decisions and recorded pulls, gain of a second worker.")

    func run() async throws {
        print("| what | median | 10-90 % |")
        print("|---|---|---|")
        try await decisions()
        try await recordings()
        try await generations()
        try await scaling()
    }

    /// One decision at 1,344 arms and 120 features, scores brought up to date, after 0, 100, 200 ... pulls.
    private func decisions() async throws {
        let (spec, pulls) = try await study(evaluations: 4_000_000)
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
            report("a decision after \(count) pulls, 1,344 arms, d = 120", times)
        }
    }

    /// One transaction at synchronous = FULL: pull, decision and a trace of 33 checkpoints.
    private func recordings() async throws {
        let folder = NSTemporaryDirectory() + "knee-benchmark-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ledger = try Ledger(at: folder + "/k.sqlite", .readWrite)
        let space = try ArmSpace(floor: 625, ceiling: 625 << 8)
        let record = StudyRecord(
            name: "cost", problem: try .builtIn("sphere"), spec: StudySpec(space: space),
            provenance: Provenance(created: "", commandLine: [], programVersion: "", host: ""))
        try ledger.create(record)
        let checkpoints = (0..<33).map {
            Trace.Checkpoint(evaluations: space.grid.evaluations(at: $0), best: 1 / Double($0 + 1))
        }
        let contenders = (0..<12).map { Decision.Contender(arm: $0, draw: 0.1, mean: 0.2, offset: -0.3) }
        var times: [Double] = []
        for number in 0..<500 {
            let pull = Pull(
                number: number, decision: Decision(arm: 8, contenders: contenders, propensity: 0.5), budget: 160_000,
                result: SearchResult(
                    trace: Trace(checkpoints), best: .init(point: Array(repeating: 0.1, count: 10), value: 1),
                    evaluations: 160_000, failures: 0, firstFailure: nil, end: .budget), seconds: 0.1)
            times.append(try await measured { try await ledger.record(pull, of: record) })
        }
        report("recording a pull, synchronous = FULL, 33 checkpoints", times)
    }

    /// A generation of 40 particles in 30 dimensions, objective included.
    private func generations() async throws {
        for name in ["sphere", "rastrigin"] {
            let problem = try ProblemCatalogue.make(name, dimension: 30, instance: 0)
            let times = (0..<50).map { seed in
                measured {
                    _ = Inner.run(
                        .particleSwarm(size: 40), on: problem, budget: 40_000,
                        checkpoints: CheckpointGrid(first: 40_000),
                        stream: RandomStream(seed: UInt64(seed)))
                } / 1000
            }
            report("a generation, 40 particles x 30 dimensions, \(name)", times)
        }
    }

    /// Independent pulls on one worker and on two, interleaved.
    private func scaling() async throws {
        let (spec, _) = try await study(evaluations: 1_000_000)
        let problem = try ProblemCatalogue.make("ackley", dimension: 30)
        var ratios: [Double] = []
        for _ in 0..<7 {
            var times: [Double] = []
            for workers in [1, 2] {
                times.append(
                    try await measured {
                        _ = try await runStudy(spec, workers: workers, launch: launcher(for: problem), record: { _ in })
                    })
            }
            ratios.append(times[0] / times[1])
        }
        report("time on 1 worker over time on 2, a study of 1M evaluations", ratios, unit: "x", factor: 1)
    }

    private func study(evaluations: Int) async throws -> (StudySpec, [Pull]) {
        let problem = try ProblemCatalogue.make("rastrigin")
        let spec = StudySpec(space: try ArmSpace(floor: 625, ceiling: 40_000), purse: evaluations)
        let outcome = try await runStudy(spec, workers: 2, launch: launcher(for: problem), record: { _ in })
        return (spec, outcome.pulls)
    }

    /// Seconds.
    private func measured(_ work: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try work()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private func measured(_ work: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await work()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private func report(_ what: String, _ values: [Double], unit: String = "us", factor: Double = 1e6) {
        let sorted = values.sorted()
        let at = { (share: Double) in sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))] * factor }
        print(String(format: "| %@ | %.3g %@ | %.3g - %.3g |", what, at(0.5), unit, at(0.1), at(0.9)))
    }
}
