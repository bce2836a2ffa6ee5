import ArgumentParser
import Foundation
import Inner
import Outer

/// Replays every policy on the table of traces: how many evaluations until what it recommends is how good?
struct ReplayPolicies: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Regret against evaluations of every policy, on a table of traces.")

    @OptionGroup var table: TableOptions
    @Option(help: "Policies, by name; all unless told. Others are compared with the first.") var policies: [String] = []
    @Option(help: "Studies a problem and policy.") var replays = 4
    @Option(help: "Evaluations of a study, in least budgets (625 evaluations in ten dimensions).") var purse = 5120
    @Option(help: "What a study is told of its price: nothing, price (lambda) or scores (lambda and the table's pool).")
    var known = ReplayGoal.Known.nothing
    @Option(help: "Goal: the best of this many evaluations by restarts, in ten dimensions (32 least budgets: 20000).")
    var total: Int?
    @Option(help: "Look-ahead of the studies.") var inFlight = 1
    @Option(help: "Begin with what a study of so many least budgets learned on every other problem.")
    var warm: Int?
    @Option(help: "Bootstrap resamples.") var resamples = 1000
    @Option(help: "File for the regret of every study after every spending, as comma-separated values.")
    var curves: String?
    @Option(help: "Folder that learning.md and learning.svg are written to.") var out: String?

    /// One policy's recommendations, by the model or by its own scores.
    private struct Way: Hashable {
        let policy: String
        let isOwn: Bool
        var name: String { isOwn ? policy + Self.ownScores : policy }

        static let ownScores = ", by own scores"
    }

    func run() async throws {
        let names = policies.isEmpty ? PolicyCatalogue.all.entries.map(\.name) : policies
        let all = try names.map { try PolicyCatalogue.all.make($0) }
        let ways =
            all.map { Way(policy: $0.name, isOwn: false) }
            + all.filter(\.isModelFree).map { Way(policy: $0.name, isOwn: true) }
        let past = try warm.map { try pastStudies(purse: $0) } ?? []
        var results: [Result] = []
        for problem in try table.chosen() {
            let others = past.filter { $0.name != problem.name }
            let replay = try replay(problem, others.isEmpty ? nil : WarmPrior(others))
            results.append(
                Result(
                    problem: problem.name, isDevelopment: problem.isDevelopment, floors: replay.floors(),
                    curves: try await curves(replay, all)))
            FileHandle.standardError.write(Data("\(problem.label)\n".utf8))
        }
        if let curves { try write(results, to: curves) }
        try report([
            RegretSet("Development problems", ways, results.filter(\.isDevelopment)),
            RegretSet("Held-out problems", ways, results.filter { !$0.isDevelopment }),
            RegretSet("All problems", ways, results),
        ])
    }

    private func write(_ results: [Result], to path: String) throws {
        var lines = [(["problem", "policy", "study"] + Replay.spending(upTo: purse).map { "\($0)" })]
        for result in results {
            for (way, curves) in result.curves.sorted(by: { $0.key.name < $1.key.name }) {
                for (study, curve) in curves.enumerated() {
                    lines.append([result.problem, "\"\(way.name)\"", "\(study)"] + curve.map { "\($0)" })
                }
            }
        }
        let text = lines.map { $0.joined(separator: ",") + "\n" }.joined()
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// What one problem gave.
    private struct Result {
        let problem: String
        let isDevelopment: Bool
        let floors: (crossFitted: Double, againstLargest: Double)
        let curves: [Way: [[Double]]]
    }

    /// A set of problems and what they gave.
    private struct RegretSet {
        let title: String
        let problems: Int
        /// Mean regret of the arms that are best on the seeds to launch from.
        let floors: (crossFitted: Double, againstLargest: Double)
        let ways: [RegretCurves]

        init(_ title: String, _ ways: [Way], _ results: [Result]) {
            self.title = title
            problems = results.count
            let count = Double(max(1, results.count))
            floors = (
                results.reduce(0) { $0 + $1.floors.crossFitted } / count,
                results.reduce(0) { $0 + $1.floors.againstLargest } / count
            )
            self.ways = ways.map { way in
                RegretCurves(name: way.name, curves: results.flatMap { $0.curves[way] ?? [] })
            }
        }
    }

    /// What studies of all problems learned.
    private func pastStudies(purse: Int) throws -> [WarmPrior.Study] {
        let policy = try PolicyCatalogue.all.make("thompson")
        return try TableProblem.all(dimensions: table.dimensions).compactMap { problem in
            let replay = try Replay(table.traces(of: problem), goal: .price(.nothing), purse: 2 * purse)
            return replay.learned(problem.name, policy, seed: 77, purse: purse)
        }
    }

    private func replay(_ problem: TableProblem, _ warm: WarmPrior?) throws -> Replay {
        let goal = total.map { ReplayGoal.total(Double($0) / LearningText.evaluations) } ?? .price(known)
        return try Replay(table.traces(of: problem), goal: goal, purse: purse, warm: warm)
    }

    /// The curves of every way, replay by replay.
    private func curves(_ replay: Replay, _ policies: [any Policy]) async throws -> [Way: [[Double]]] {
        await withTaskGroup(of: (String, Int, Replay.Curves).self) { group in
            for policy in policies {
                for seed in 0..<replays {
                    group.addTask { [inFlight] in
                        (policy.name, seed, replay.run(policy, seed: seed, lookAhead: inFlight))
                    }
                }
            }
            var curves: [Way: [[Double]]] = [:]
            for await (name, seed, result) in group {
                let empty = [[Double]](repeating: [], count: replays)
                curves[Way(policy: name, isOwn: false), default: empty][seed] = result.model
                if let own = result.own { curves[Way(policy: name, isOwn: true), default: empty][seed] = own }
            }
            return curves
        }
    }

    private func definitions() -> String {
        let goal =
            total.map { "Goal: the best of \($0) evaluations by restarts, everything estimated on the way." }
            ?? "Goal: price 1; told beforehand: \(known.rawValue)."
        return """
            Evaluations (625 a least budget) to a mean normalised regret: 1 is the median arm, 0 what the arm chosen by
            one half of the judging seeds is worth by the other half (mean of both directions). \(goal)
            95 % bootstrap intervals over problems x replays; \(replays) replays a problem, \(table.trainSeeds) seeds to
            launch from, \(table.heldOutSeeds) to judge by, look-ahead \(inFlight).

            """
    }

    private func report(_ sets: [RegretSet]) throws {
        let spending = Replay.spending(upTo: purse)
        let text = LearningText(spending: spending, resamples: resamples)
        var parts = [definitions()]
        for set in sets where set.problems > 0 {
            parts.append("### \(set.title): \(set.problems)\n\n" + text.table(set.ways))
            parts.append(
                String(
                    format: "Floor: the arms that are best on the seeds to launch from have a mean regret of %.3f "
                        + "(%.3f if 0 were the largest mean of all arms, which luck makes too large).\n",
                    set.floors.crossFitted, set.floors.againstLargest))
        }
        let markdown = parts.joined(separator: "\n")
        print(markdown)
        guard let out, let last = sets.last else { return }
        try markdown.write(toFile: out + "/learning.md", atomically: true, encoding: .utf8)
        let chart = LearningChart(
            spending: spending, floor: last.floors.crossFitted,
            title: "Mean regret of the recommended arm, \(last.problems) problems, \(replays) studies each")
        // One line a policy: by its own scores, if it can do without the model.
        let charted = last.ways.filter { way in !last.ways.contains { $0.name == way.name + Way.ownScores } }
        try chart.svg(charted).write(toFile: out + "/learning.svg", atomically: true, encoding: .utf8)
    }
}
