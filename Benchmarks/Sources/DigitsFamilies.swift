import ArgumentParser
import Dispatch
import Foundation
import Inner
import Problems
import Strategies
import Synchronization

/// What searches of several lengths reach among the digits' experts, on average over pools: validation and test error.
struct DigitsFamilies: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digits-families", abstract: "Swarms of experts, random mixtures and CMA-ES on the digits.")

    @Option(help: "Pools.") var pools = 12
    @Option(help: "Runs a pool.") var runs = 6
    @Option(help: "Evaluations of a search.") var budgets = [100, 400, 1600, 6400]

    func run() async throws {
        let problems = (1...pools).map(DigitsMixtures.init)
        print("| evaluations | \(budgets.map { "\($0)" }.joined(separator: " | ")) |")
        print("|---|\(budgets.map { _ in "---" }.joined(separator: "|"))|")
        for (name, family) in Self.families {
            let cells = budgets.map { cell(family, problems, $0) }
            print("| \(name) | \(cells.joined(separator: " | ")) |")
        }
    }

    private static let families: [(String, any SearchFamily)] =
        [20, 50, 80].flatMap { size -> [(String, any SearchFamily)] in
            [
                ("swarm of \(size)", ExpertSwarm(size: size)),
                ("swarm of \(size), lambda 1", ExpertSwarm(size: size, steps: .init(first: 1))),
                ("swarm of \(size), extrapolated", ExpertSwarm(size: size, mixtures: .extrapolated)),
                ("swarm of \(size), patience 10", ExpertSwarm(size: size, patience: 10)),
            ]
        } + [("random mixtures", HullRandom()), ("CMA-ES", HullCMAES())]

    private func cell(_ family: any SearchFamily, _ problems: [DigitsMixtures], _ budget: Int) -> String {
        let found = Mutex((validation: 0.0, test: 0.0))
        DispatchQueue.concurrentPerform(iterations: problems.count * runs) { [runs] index in
            let (pool, run) = index.quotientAndRemainder(dividingBy: runs)
            let stream = RandomStream(seed: UInt64(pool + 1)).split(.run, run)
            let result = DigitsGrid.search(family, problems[pool], budget: budget, stream)
            found.withLock {
                $0.validation += result.validation
                $0.test += result.test
            }
        }
        let count = Double(problems.count * runs)
        return found.withLock { String(format: "%.3f / %.3f", $0.validation / count, $0.test / count) }
    }
}
