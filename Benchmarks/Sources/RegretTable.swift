import ArgumentParser
import Foundation
import Inner
import Outer
import Problems

/// How good the learned arms are: verdicts of several studies against a table of all arms.
struct RegretTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "regret", abstract: "Verdicts of studies against a table of all arms.")

    @Option(help: "Problems, by name.")
    var problems = ["nist/rat43", "nist/thurber", "nist/mgh09", "rosenbrock", "rastrigin", "schwefel"]
    @Option(help: "Searches of every arm in the table.") var tableSeeds = 30
    @Option(help: "Studies a problem.") var studies = 6
    @Option(help: "Evaluations of a study, in least budgets.") var purse = 8000
    @Option(help: "Policy.") var policy = "thompson"

    func run() async throws {
        print("| problem | mean regret | largest | learned budgets |")
        print("|---|---|---|---|")
        var all: [Double] = []
        for name in problems {
            let (regrets, budgets) = try await regrets(ProblemCatalogue.make(name))
            print(
                "| \(name) | \(text(mean(regrets))) | \(text(regrets.max() ?? 0)) | "
                    + "\(budgets.map(String.init).joined(separator: ", ")) |")
            all += regrets
        }
        print("\nMean regret \(text(mean(all))): 0 is the best arm of the table, 1 the median one.")
    }

    private func regrets(_ problem: any PureProblem) async throws -> (regrets: [Double], budgets: [Int]) {
        let floor = ArmSpace.defaultFloor(dimension: problem.dimension)
        let space = try ArmSpace(floor: floor, ceiling: StudyDefaults.firstCeiling(floor: floor))
        let table = try ArmTable(space, of: problem, goal: .price(1), seeds: tableSeeds)
        var (regrets, budgets) = ([Double](), [Int]())
        for seed in 1...studies {
            let spec = StudySpec(space: space, policy: policy, seed: UInt64(seed), purse: floor * purse)
            let outcome = try await runStudy(spec, workers: 2, launch: launcher(for: problem), record: { _ in })
            guard let arm = try Verdict.of(spec, outcome.pulls)?.arm else { continue }
            regrets.append(table.regrets[arm.index])
            budgets.append(arm.budget)
        }
        return (regrets, budgets)
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }

    private func text(_ value: Double) -> String { String(format: "%.2f", value) }
}
