import ArgumentParser
import Dispatch
import Foundation
import Inner
import Outer
import Problems
import Synchronization

/// What swarms of experts score on mixtures of random points: the data of `ExpertScoreTable`, in its order.
struct ExpertScores: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expert-scores", abstract: "Mean normal scores of swarms of experts on development problems.")

    @Option(help: "Searches a configuration.") var seeds = 20
    @Flag(help: "One table a problem instead, over sizes and budgets only.") var apart = false
    @Option(help: "With --apart: a pool of the digits' experts, too.") var digits: Int?

    private static let octaves = 7
    private static let sizes = [5, 8, 12, 20, 32, 50, 80, 128]
    /// Iterations that a swarm is followed for: then it has come to rest.
    private static let iterations = 100

    func run() async throws {
        var factors = ArmSpace.Factors.expertSwarms
        factors.swarmSizes = Self.sizes
        let floor = CompositionDefaults.floor
        let space = try ArmSpace(factors, floor: floor, ceiling: floor << Self.octaves)
        if apart, let digits {
            let problem = DigitsMixtures(pool: digits)
            report(problem, space, try scores(space, problem))
        }
        let tables = try mixedPoints().map { problem in
            let scores = try scores(space, problem)
            if apart { report(problem, space, scores) }
            return scores
        }
        guard !apart else { return }
        let means = (0..<space.count).map { arm in mean(tables.map { $0[arm] }) }
        for configuration in ordered(space) {
            let own = (0..<space.levels).map { means[space.index(configuration: configuration, level: $0)] }
            print(own.map { "\(Int((100 * $0).rounded()))," }.joined(separator: " "))
        }
    }

    /// Steps, then phi_g, then phi_v, then sizes.
    private func ordered(_ space: ArmSpace) -> [Int] {
        space.configurations.indices.sorted { a, b in
            let keys = [a, b].map { index in
                let configuration = space.configurations[index]
                let rule = configuration.experts!
                return [
                    rule.step, rule.social, Double(configuration.inertiaLabel)!, Double(configuration.swarmSize),
                ]
            }
            return keys[0].lexicographicallyPrecedes(keys[1])
        }
    }

    private func report(_ problem: any PureProblem, _ space: ArmSpace, _ means: [Double]) {
        print("\(problem.name), \(problem.dimension) experts")
        for size in Self.sizes {
            let alike = space.configurations.indices.filter { space.configurations[$0].swarmSize == size }
            let row = (0..<space.levels).map { level in
                mean(alike.map { means[space.index(configuration: $0, level: level)] })
            }
            print(([Double(size)] + row).map { String(format: "%7.2f", $0) }.joined())
        }
    }

    /// The mean score of every arm among all that were searched.
    private func scores(_ space: ArmSpace, _ problem: any PureProblem) throws -> [Double] {
        let (seeds, levels) = (seeds, space.levels)
        let families = try space.configurations.map { try $0.searchFamily() }
        let found = Mutex([Double](repeating: .infinity, count: space.count * seeds))
        DispatchQueue.concurrentPerform(iterations: families.count) { configuration in
            let rest = space.configurations[configuration].swarmSize * Self.iterations
            let last = (0..<levels).first { space.budget(level: $0) >= rest } ?? levels - 1
            for seed in 0..<seeds {
                let stream = RandomStream(seed: 7_000_000 + UInt64(seed)).split(.search, configuration)
                let result = Inner.run(
                    families[configuration], on: problem, budget: space.budget(level: last), checkpoints: space.grid,
                    stream: stream)
                found.withLock {
                    for level in 0..<levels {
                        $0[space.index(configuration: configuration, level: level) * seeds + seed] =
                            result.trace.best(at: space.budget(level: min(level, last)))
                    }
                }
            }
        }
        var pool = NormalScores()
        pool.add(found.withLock { $0 })
        pool.rank()
        return (0..<space.count).map { mean(Array(pool.scores[$0 * seeds..<($0 + 1) * seeds])) }
    }
}
