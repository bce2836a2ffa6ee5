import ArgumentParser
import Foundation
import Inner
import Outer
import Problems

/// Learned against textbook: 20,000 evaluations spent by restarting the arm that `knee learn --total 20000` learns, or
/// the textbook swarm (global best, w = 0.7298, 40 particles x 250 iterations), on 18 problems and fresh seeds.
struct TotalTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "total", abstract: "The learned arm against the textbook swarm on 18 problems.")

    @Option(help: "Evaluations to spend by restarting.") var total = 20_000
    @Option(help: "Fresh seeds a problem.") var seeds = 30
    @Option(help: "Seed of the learning.") var seed: UInt64 = 1
    @Option(help: "Problems, by name; all 18 unless told.") var problems: [String] = []

    func run() async throws {
        let names = problems.isEmpty ? ProblemCatalogue.names.filter { !$0.hasPrefix("bbob/") } : problems
        print("| problem | learned n x iterations, w, topology | share of seeds won | | log10 of error ratio | |")
        print("|---|---|---|---|---|---|")
        var rows: [Row] = []
        for name in names {
            let row = try await compare(ProblemCatalogue.make(name))
            print(row.text)
            rows.append(row)
        }
        for (what, verdicts) in [("share of seeds won", rows.map(\.won)), ("log10 of error ratio", rows.map(\.gained))]
        {
            let count = { (verdict: String) in verdicts.count { $0 == verdict } }
            print("\nBy \(what): better on \(count("better")), worse on \(count("WORSE")), alike on \(count("alike")).")
        }
    }

    private struct Row {
        let text: String
        let won: String
        let gained: String
    }

    private func compare(_ problem: any PureProblem) async throws -> Row {
        let floor = ArmSpace.defaultFloor(dimension: problem.dimension)
        let purse = StudyDefaults.purse(floor: floor)
        let space = try ArmSpace(
            floor: floor, ceiling: StudyDefaults.ceiling(floor: floor, purse: purse, total: total))
        let spec = StudySpec(space: space, goal: .total(total), seed: seed, purse: purse)
        let outcome = try await runStudy(spec, workers: 2, launch: launcher(for: problem), record: { _ in })
        guard let arm = try Verdict.of(spec, outcome.pulls)?.arm else { preconditionFailure("nothing was learned") }
        let textbook = try Configuration(swarmSize: 40, inertia: "0.7298", topology: "global")

        var (gains, wins) = ([Double](), [Double]())
        for seed in 0..<seeds {
            let stream = RandomStream(seed: 1_000_000 + UInt64(seed))
            let learned = try error(problem, arm.configuration, arm.budget, stream)
            let standard = try error(problem, textbook, 10_000, stream)
            gains.append(log10(standard / learned))
            wins.append(learned < standard ? 1 : learned == standard ? 0.5 : 0)
        }
        var chance = RandomStream(seed: 7)
        let won = PairedBootstrap(wins, using: &chance)
        let gained = PairedBootstrap(gains, using: &chance)
        let settings = [
            "\(arm.configuration.swarmSize) x \(arm.iterations)", arm.configuration.inertiaLabel,
            arm.configuration.topology,
        ]
        let columns = [
            problem.name, settings.joined(separator: ", "), text(won), verdict(won, against: 0.5), text(gained),
            verdict(gained, against: 0),
        ]
        return Row(
            text: "| " + columns.joined(separator: " | ") + " |", won: verdict(won, against: 0.5),
            gained: verdict(gained, against: 0))
    }

    private func text(_ interval: PairedBootstrap) -> String {
        String(format: "%.2f [%.2f, %.2f]", interval.mean, interval.low, interval.high)
    }

    private func verdict(_ interval: PairedBootstrap, against null: Double) -> String {
        interval.low > null ? "better" : interval.high < null ? "WORSE" : "alike"
    }

    /// Distance to the known optimum after spending the total on restarts, no less than 1e-10 of the optimum (1e-10
    /// where that is 0): nearer than that is rounding. A noisy problem is judged by the true value of the point that
    /// looked best.
    private func error(
        _ problem: any PureProblem, _ configuration: Configuration, _ budget: Int, _ stream: RandomStream
    ) throws -> Double {
        let family = try configuration.searchFamily()
        var best: SearchResult.Best?
        for restart in 0..<total / budget {
            let result = Inner.run(
                family, on: problem, budget: budget, checkpoints: CheckpointGrid(first: budget),
                stream: stream.split(.run, restart))
            if let fresh = result.best, fresh.value < best?.value ?? .infinity { best = fresh }
        }
        guard let best, let optimum = problem.optimum else { return .infinity }
        let value = (problem as? NoisySphere)?.noiseFree.value(at: best.point) ?? best.value
        let precision = optimum == 0 ? 1e-10 : 1e-10 * optimum.magnitude
        return max(value - optimum, precision)
    }
}
