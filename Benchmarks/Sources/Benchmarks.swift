import ArgumentParser

/// Measurements behind the figures of RESULTS.md.
@main
struct Benchmarks: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks", abstract: "Measures speed, cost and learning quality.",
        subcommands: [
            KernelTable.self, CostTable.self, LedgerTable.self, ExternalTable.self, RegretTable.self, TotalTable.self,
            MergeTable.self,
            MakeTable.self,
            ReplayPolicies.self, Calibrate.self, DigitsTable.self, DigitsFamilies.self, ExpertScores.self,
        ])
}
