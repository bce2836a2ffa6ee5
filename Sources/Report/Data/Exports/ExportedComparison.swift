import Inner
import Outer
import Problems

/// A file of an export: its path, below wherever the export is written, and what it contains.
public typealias ExportedFile = (path: String, text: String)

/// A comparison's runs for other programs.
public struct ExportedComparison: Sendable, Equatable {
    public let name: String
    /// The seed from which instances, initial points and all draws follow.
    public let seed: UInt64
    /// In the order in which they are exported; each name once.
    public let families: [String]
    public let runs: [ExportedRun]

    /// - Precondition: the families of all runs are among `families`.
    public init(name: String, seed: UInt64, families: [String], runs: [ExportedRun]) {
        precondition(Set(families).count == families.count, "a family is named twice: \(families)")
        precondition(runs.allSatisfy { families.contains($0.run.family) }, "a run of none of \(families)")
        (self.name, self.seed, self.families, self.runs) = (name, seed, families, runs)
    }

    /// What identifies the comparison, in a line.
    var origin: String { "\(PlainLine.of(name)), seed \(seed)" }
}

extension [ExportedRun] {
    /// Runs of the same function together, functions and runs in the order in which they come.
    func byFunction() -> [[ExportedRun]] {
        reduce(into: []) { groups, run in
            if let place = groups.firstIndex(where: { $0[0].problem.isSameFunction(as: run.problem) }) {
                groups[place].append(run)
            } else {
                groups.append([run])
            }
        }
    }

    /// By rising dimension, runs in the order in which they come.
    func byDimension() -> [(dimension: Int, runs: [ExportedRun])] {
        Set(map(\.problem.dimension)).sorted().map { dimension in
            (dimension, filter { $0.problem.dimension == dimension })
        }
    }
}
