import ArgumentParser

/// Measurements behind the figures of RESULTS.md.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        subcommands: [KernelTable.self, CostTable.self, RegretTable.self, TotalTable.self])
}
