import Foundation
import Inner
import Problems
import Strategies

/// ns per particle-dimension over swarm sizes and dimensions, problems and topologies.
///
/// All cells are measured in turn, round after round, so that whatever else the machine does falls on all of them.
struct SizeTable {
    private static let sizes = [(20, 10), (40, 30), (200, 100), (1000, 1000)]
    /// Places among the sizes of the two that are compared.
    private static let (common, largest) = (1, 3)
    private static let topologies = TopologyCatalogue.all.entries.map(\.name)

    private let problems: [String]
    private let rounds: Int
    private let cells: [Cell]

    init(problems: [String], rounds: Int) throws {
        (self.problems, self.rounds) = (problems, rounds)
        cells = try problems.flatMap { name in
            try Self.sizes.flatMap { size, dimension in
                let problem = try Self.problem(name, dimension)
                return try Self.topologies.map { Cell(problem, size, try TopologyCatalogue.all.make($0)) }
            }
        }
    }

    /// The classical function, or the first instance of a suite that has no other.
    private static func problem(_ name: String, _ dimension: Int) throws -> any PureProblem {
        try ProblemCatalogue.make(name, dimension: dimension, instance: name.hasPrefix("bbob/") ? 1 : 0)
    }

    func report() {
        let times = (0..<max(1, rounds)).map { round in cells.map { $0.time(round) } }
        print("| ns per particle-dimension | " + Self.topologies.joined(separator: " | ") + " |")
        print("|---|" + Self.topologies.map { _ in "---|" }.joined())
        let (width, height) = (Self.topologies.count, Self.sizes.count)
        for (number, name) in problems.enumerated() {
            for (row, (size, dimension)) in Self.sizes.enumerated() {
                printRow("\(name), \(size) x \(dimension)") { column in
                    let cell = (number * height + row) * width + column
                    return times.map { $0[cell] }
                }
            }
            printRow("\(name), 1000 x 1000 over 40 x 30") { column in
                let cells = [Self.largest, Self.common].map { (number * height + $0) * width + column }
                return times.map { $0[cells[0]] / $0[cells[1]] }
            }
        }
        print()
    }

    private func printRow(_ what: String, _ values: (_ column: Int) -> [Double]) {
        let medians = Self.topologies.indices.map { String(format: "%.2f", Sample(values($0)).median) }
        print("| \(what) | " + medians.joined(separator: " | ") + " |")
    }

    /// One swarm on one problem: the first 100 generations, fewer where those would take longer than two seconds, over
    /// and over from different seeds until they fill some milliseconds.
    private struct Cell {
        private let problem: any PureProblem
        private let family: ParticleSwarm
        private let generations: Int
        private let searches: Int

        init(_ problem: any PureProblem, _ size: Int, _ topology: any Topology) {
            let family = ParticleSwarm(size: size, topology: topology)
            (self.problem, self.family) = (problem, family)
            let trial = measured { Self.search(family, problem, generations: 5, seed: 0) } / 5
            generations = max(5, min(100, Int(2 / trial)))
            searches = max(1, min(100, Int(0.02 / trial) / generations))
        }

        /// ns per particle-dimension.
        func time(_ round: Int) -> Double {
            let seconds = measured {
                for number in 0..<searches {
                    Self.search(family, problem, generations: generations, seed: UInt64(round * searches + number))
                }
            }
            return seconds * 1e9 / Double(searches * generations * family.size * problem.dimension)
        }

        private static func search(
            _ family: ParticleSwarm, _ problem: any PureProblem, generations: Int, seed: UInt64
        ) {
            _ = Inner.run(
                family, on: problem, budget: family.size * generations, stream: RandomStream(seed: seed))
        }
    }
}
