import ArgumentParser
import Foundation
import Inner
import Outer

/// Is a study as sure as it may be? EVPI at the stop against realised regret, and knee intervals against the truth.
struct Calibrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate", abstract: "Stated EVPI and knee intervals against a table of traces.")

    @OptionGroup var table: TableOptions
    @Option(help: "Policy.") var policy = "thompson"
    @Option(help: "Studies a problem.") var replays = 4
    @Option(help: "Confirmations a study.") var confirmations = 4
    @Option(help: "Evaluations of a study, in least budgets.") var purse = 8000
    @Option(help: "EVPI to stop at, in doublings of one run.") var sureness = 0.75
    @Option(
        help: "Confirm for a target, which this share of the recommended searches reach at the ceiling.")
    var reached: Double?

    func run() async throws {
        let policy = try PolicyCatalogue.all.make(policy)
        var all: [(isDevelopment: Bool, studies: [Calibration])] = []
        for problem in try table.chosen() {
            let replay = try Replay(table.traces(of: problem), goal: .price(.nothing), purse: purse)
            all.append((problem.isDevelopment, await calibrations(replay, policy)))
            FileHandle.standardError.write(Data("\(problem.label)\n".utf8))
        }
        print(
            "| problems | studies that stopped | evaluations, median | stated EVPI | realised regret | ratio "
                + "| ratio, against the largest mean | inner knees covered | censored if still falling "
                + "| if surely falling | if inner |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|")
        print(row("development", all.filter(\.isDevelopment).map(\.studies)))
        print(row("held out", all.filter { !$0.isDevelopment }.map(\.studies)))
        print(row("all", all.map(\.studies)))
    }

    private func calibrations(_ replay: Replay, _ policy: any Policy) async -> [Calibration] {
        await withTaskGroup(of: Calibration.self) { group in
            for seed in 0..<replays {
                group.addTask { [sureness, confirmations, reached] in
                    replay.calibrate(
                        policy, seed: 1000 + seed, sureness: sureness, confirmations: confirmations,
                        reached: reached)
                }
            }
            var results: [Calibration] = []
            for await result in group { results.append(result) }
            return results
        }
    }

    /// Means over problems x studies; the ratio with a bootstrap over problems, whose studies share one truth.
    private func row(_ name: String, _ problems: [[Calibration]]) -> String {
        let studies = problems.flatMap(\.self)
        let stopped = problems.map { $0.filter { $0.spent != nil } }.filter { !$0.isEmpty }
        guard !stopped.isEmpty else { return "| \(name) | 0 of \(studies.count) |" }
        let (stated, realised) = (Self.mean(stopped, \.stated), Self.mean(stopped, \.realised))
        let spent = stopped.flatMap { $0.compactMap(\.spent) }.sorted()
        var chance = RandomStream(seed: 13)
        let ratios = (0..<2000).map { _ in
            let drawn = stopped.map { _ in stopped[chance.index(below: stopped.count)] }
            return Self.mean(drawn, \.realised) / Self.mean(drawn, \.stated)
        }.sorted()
        let knees = stopped.flatMap { $0.flatMap(\.confirmations) }
        let (inner, falling) = (knees.filter { !$0.isFalling }, knees.filter(\.isFalling))
        let surely = falling.filter(\.isSurelyFalling)
        let columns = [
            name, "\(spent.count) of \(studies.count)", LearningText.count(Double(spent[spent.count / 2])),
            String(format: "%.2f", stated), String(format: "%.2f", realised),
            String(format: "%.2f [%.2f, %.2f]", realised / stated, ratios[50], ratios[1949]),
            String(format: "%.2f", Self.mean(stopped, \.againstLargest) / stated),
            share(inner.count(where: \.isCovered), of: inner.count),
            share(falling.count(where: \.isCensored), of: falling.count),
            share(surely.count(where: \.isCensored), of: surely.count),
            share(inner.count(where: \.isCensored), of: inner.count),
        ]
        return "| " + columns.joined(separator: " | ") + " |"
    }

    private static func mean(_ problems: [[Calibration]], _ value: (Calibration) -> Double) -> Double {
        let all = problems.flatMap { $0.map(value) }
        return all.reduce(0, +) / Double(all.count)
    }

    private func share(_ count: Int, of all: Int) -> String {
        all == 0 ? "none" : String(format: "%.1f %% of %d", 100 * Double(count) / Double(all), all)
    }
}
