import Inner
import Outer
import Problems

/// What a second worker gains where pulls do not wait for each other: equal budgets, arms at random, decisions that see
/// nothing of the pulls in flight.
enum WorkerScaling {
    private static let pulls = 32
    private static let repetitions = 11

    static func report() async throws {
        let problem = try ProblemCatalogue.make("rastrigin", dimension: 30)
        let spec = StudySpec(
            space: try ArmSpace(floor: 100_000, ceiling: 100_000), policy: "uniform", lookAhead: pulls,
            maxPulls: pulls)
        print("| what | median | 10-90 % |")
        print("|---|---|---|")
        try await gain(of: spec, on: problem, repetitions: repetitions).printRow(
            "time on 1 worker over time on 2, independent pulls of 100,000 evaluations", unit: "x")
        print()
    }

    /// Time on one worker over time on two, taken in turn.
    static func gain(of spec: StudySpec, on problem: any PureProblem, repetitions: Int) async throws -> Sample {
        var ratios: [Double] = []
        for _ in 0..<repetitions {
            var times: [Double] = []
            for workers in [1, 2] {
                times.append(
                    try await measured {
                        _ = try await runStudy(spec, workers: workers, launch: launcher(for: problem), record: { _ in })
                    })
            }
            ratios.append(times[0] / times[1])
        }
        return Sample(ratios)
    }
}
