import ArgumentParser

/// Measurements behind the figures of RESULTS.md.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks", abstract: "Measures learning quality and cost.",
        subcommands: [CostTable.self, RegretTable.self, TotalTable.self])
}
