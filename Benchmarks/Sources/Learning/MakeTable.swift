import ArgumentParser
import Foundation

/// Makes the table of traces that `benchmarks replay` launches its searches from. What is there already is kept.
struct MakeTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "A table of traces: problems x configurations x seeds, for replays.")

    @OptionGroup var table: TableOptions
    @Option(help: "Searches at once.") var workers = 2

    func run() async throws {
        try FileManager.default.createDirectory(atPath: table.path, withIntermediateDirectories: true)
        print("| problem | configurations x seeds | new | seconds |")
        print("|---|---|---|---|")
        for problem in try table.chosen() {
            let path = TraceTable.path(in: table.path, problem)
            var traces = try TraceTable(problem, trainSeeds: table.trainSeeds, heldOutSeeds: table.heldOutSeeds)
            try traces.read(path)
            let known = traces.configurations
            let seconds = try await measured {
                if !traces.isComplete { try await traces.fill(problem, path: path, workers: workers) }
            }
            let size = "\(traces.configurations) x \(traces.seeds)"
            print(
                "| \(problem.label) | \(size) | \(traces.configurations - known) | \(String(format: "%.0f", seconds)) |"
            )
            fflush(nil)  // a row a minute, into a file too
        }
    }
}
