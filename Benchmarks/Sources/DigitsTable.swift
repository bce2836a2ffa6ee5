import ArgumentParser
import Foundation
import Inner
import Outer
import Problems
import Strategies

/// What `knee compose --demo digits` learns, and composes, beside a dense grid of the same pools: one line a pool.
struct DigitsTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits", abstract: "Learned budgets of the digits' experts against a dense grid.")

    @Option(help: "Pools.") var pools = 12
    @Option(help: "Number of the first pool of a grid that is made.") var first = 1
    @Option(help: "Runs a cell of the grid.") var runs = 20
    @Option(help: "Where the grid is, or is to be.") var grid: String
    @Option(help: "Runs of what was learned.") var fresh = 40
    @Option(help: "The program.") var knee: String = ".build/release/knee"
    @Option(help: "Evaluations to learn with.") var purse: Int?
    @Option(help: "What a doubling costs, in restarts.") var price = CompositionDefaults.price
    @Option(help: "Baselines.") var baselines = "all"
    @Option(help: "Seed of the studies.") var seed = 1
    @Option(help: "Other options of the program, between blanks.") var options = ""
    @Flag(help: "Make the grid alone.") var gridOnly = false

    func run() async throws {
        if !FileManager.default.fileExists(atPath: grid) { try makeGrid() }
        guard !gridOnly else { return }
        let columns = [
            "pool", "learned", "spent / grid", "test error", "grid's best", "knee, 5-95 %", "of any settings",
            "grid's knee", "sure",
            "composed", "best expert", "uniform", "greedy", "random", "CMA-ES", "authors' loop",
        ]
        print("| \(columns.joined(separator: " | ")) |\n|\(columns.map { _ in "---" }.joined(separator: "|"))|")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("digits-\(getpid())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var rows: [Row] = []
        for grid in try DigitsGrid.read(grid).prefix(pools) {
            let row = try row(grid, try study(grid.pool, in: folder))
            print(row.text)
            rows.append(row)
        }
        let count = Double(rows.count)
        print(
            String(
                format: """

                    Test error of the learned settings less that of the grid's best cell, mean: %.4f; at most 0.01 in %d of %d.
                    The same with that cell chosen by half of its runs and measured on the other, mean: %.4f; %d of %d.
                    Test error at the grid's own knee less that of its best cell, mean: %.4f.
                    The knee's interval holds the grid's knee in %d of %d, that of swarms of the learned size in %d; that of any settings
                    holds it in %d.
                    Spent, mean: %.3f of the grid as it was run, %.3f of one whose longest runs tell the shorter ones.
                    Composed beats the best expert on test in %d of %d.
                    """, rows.reduce(0) { $0 + $1.regret } / count, rows.count { $0.regret <= 0.01 }, rows.count,
                rows.reduce(0) { $0 + $1.fairRegret } / count, rows.count { $0.fairRegret <= 0.01 }, rows.count,
                rows.reduce(0) { $0 + $1.regretOfKnee } / count, rows.count(where: \.holdsKnee), rows.count,
                rows.count(where: \.holdsKneeOfSize), rows.count(where: \.holdsKneeOfAny),
                rows.reduce(0) { $0 + $1.share } / count,
                rows.reduce(0) { $0 + $1.shareTogether } / count,
                rows.count(where: \.isBetter), rows.count))
    }

    private func makeGrid() throws {
        var lines = [DigitsGrid.header]
        for pool in first..<first + pools {
            lines += DigitsGrid(pool: pool, runs: runs).lines
            FileHandle.standardError.write(Data("pool \(pool)\n".utf8))
        }
        try (lines.joined(separator: "\n") + "\n").write(toFile: grid, atomically: true, encoding: .utf8)
    }

    /// What the program says of a pool.
    private func study(_ pool: Int, in folder: String) throws -> Learned {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: knee)
        process.arguments =
            [
                "compose", "--demo", "digits", "--pool", "\(pool)", "--seed", "\(seed)", "--ledger",
                "\(folder)/knee.sqlite", "--price", "\(price)", "--baselines", baselines, "--format", "json", "--quiet",
                "--no-page",
            ] + (purse.map { ["--max-evaluations", "\($0)"] } ?? []) + options.split(separator: " ").map(String.init)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(Learned.self, from: data)
    }

    private struct Learned: Decodable {
        let recommended: Arm
        let kneeOfAnySettings: Knee
        let verdict: Verdict
        let confirmed: Confirmed?
        let spent: Spent
        let composition: Composition

        struct Confirmed: Decodable { let confirmation: Confirmation }
        struct Confirmation: Decodable {
            let low: Int, high: Int
        }
        struct Verdict: Decodable {
            let isSure: Bool
            let knee: Knee
        }
        struct Knee: Decodable {
            let low: Int, high: Int
        }
        struct Spent: Decodable { let evaluations: Int }
        struct Composition: Decodable { let methods: [Method] }
        struct Method: Decodable {
            let method: String
            let test: Double?
        }
    }

    private struct Row {
        let text: String
        let regret: Double
        let fairRegret: Double
        /// Of the grid's own knee.
        let regretOfKnee: Double
        let share: Double
        let shareTogether: Double
        let holdsKnee: Bool
        let holdsKneeOfSize: Bool
        let holdsKneeOfAny: Bool
        let isBetter: Bool
    }

    private func row(_ grid: DigitsGrid, _ learned: Learned) throws -> Row {
        let problem = DigitsMixtures(pool: grid.pool)
        let (arm, knee) = (learned.recommended, grid.knee(price: price))
        let family = try arm.configuration.searchFamily()
        var errors = [Double](repeating: 0, count: fresh)
        for run in 0..<fresh {
            errors[run] =
                DigitsGrid.search(
                    family, problem, budget: arm.budget,
                    RandomStream(seed: 1_000_000 + UInt64(grid.pool)).split(.run, run)
                ).test
        }
        let error = mean(errors)
        let best = grid.cells.min { $0.meanTest < $1.meanTest }!
        let (low, high) = (
            learned.confirmed?.confirmation.low ?? learned.verdict.knee.low,
            learned.confirmed?.confirmation.high ?? learned.verdict.knee.high
        )
        let spent = learned.spent.evaluations
        let tests = Dictionary(uniqueKeysWithValues: learned.composition.methods.map { ($0.method, $0.test ?? .nan) })
        let order = ["composed", "expert", "uniformSoup", "greedySoup", "hullRandom", "hullCMAES", "modelSwarms"]
        let rule = arm.configuration.experts.map { "g \($0.social), step \($0.step)" } ?? ""
        // Budgets are octaves: a knee between two of them belongs to either.
        let near = { (low: Int, high: Int, budget: Int) in
            (Double(low) / 2.0.squareRoot()...Double(high) * 2.0.squareRoot()).contains(Double(budget))
        }
        let any = learned.kneeOfAnySettings
        let ofSize = grid.knee(price: price, size: arm.configuration.swarmSize)
        let cells = [
            "\(grid.pool)",
            "\(arm.configuration.swarmSize) x \(arm.iterations), v \(arm.configuration.inertiaLabel), \(rule)",
            String(format: "%d / %d", spent, grid.evaluations.apart),
            String(format: "%.4f", error),
            String(format: "%.4f (%d x %d)", best.meanTest, best.size, best.iterations), "\(low) - \(high)",
            "\(any.low) - \(any.high)", "\(knee.budget) (\(knee.size) x \(knee.iterations))",
            learned.verdict.isSure ? "yes" : "no",
        ]
        let scores = order.map { tests[$0].map { String(format: "%.3f", $0) } ?? "-" }
        return Row(
            text: "| \((cells + scores).joined(separator: " | ")) |", regret: error - best.meanTest,
            fairRegret: error - grid.bestTest, regretOfKnee: knee.meanTest - best.meanTest,
            share: Double(spent) / Double(grid.evaluations.apart),
            shareTogether: Double(spent) / Double(grid.evaluations.together),
            holdsKnee: near(low, high, knee.budget), holdsKneeOfSize: near(low, high, ofSize.budget),
            holdsKneeOfAny: near(any.low, any.high, knee.budget),
            isBetter: tests["composed", default: 1] < tests["expert", default: 0])
    }
}
