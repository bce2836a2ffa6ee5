import ArgumentParser

/// What a search costs: against a C loop, over sizes, problems and topologies, and on two workers.
struct KernelTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kernel", abstract: "Speed of the inner search: against C, over sizes, on two workers.")

    @Option(help: "Problems of the table of sizes.") var problems = ["sphere", "rastrigin", "bbob/f15"]
    @Option(help: "Rounds of the table of sizes.") var rounds = 5

    func run() async throws {
        try AgainstC.report()
        try SizeTable(problems: problems, rounds: rounds).report()
        try await WorkerScaling.report()
    }
}
