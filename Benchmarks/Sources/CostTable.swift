import ArgumentParser
import Outer
import Problems

/// What the outer loop costs: a decision, a recorded pull, and what a second worker gains in spite of decisions.
struct CostTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost", abstract: "Cost of decisions and recorded pulls, gain of a second worker in a study.")

    func run() async throws {
        print("| what | median | 10-90 % |")
        print("|---|---|---|")
        try await DecisionCost.report()
        try DecisionCost.reportRescoring()
        try await RecordingCost.report()
        try await study()
    }

    /// Cheap pulls with a decision between any two.
    private func study() async throws {
        let spec = StudySpec(space: try ArmSpace(floor: 625, ceiling: 40_000), purse: 1_000_000)
        let problem = try ProblemCatalogue.make("ackley", dimension: 30)
        try await WorkerScaling.gain(of: spec, on: problem, repetitions: 7).printRow(
            "time on 1 worker over time on 2, a study of 1M evaluations", unit: "x")
    }
}
