import Inner
import Outer
import Problems

/// One run of a comparison, with the problem it was made on.
public struct ExportedRun: Sendable, Equatable {
    public let run: ComparedRun
    /// The problem and the instance of the run's block.
    public let problem: ProblemManifest
    /// Evaluations that it was allowed.
    public let budget: Int

    public init(_ run: ComparedRun, on problem: ProblemManifest, budget: Int) {
        (self.run, self.problem, self.budget) = (run, problem, budget)
    }

    /// What was found last, which is the best unless the problem is noisy; nil if nothing was.
    var end: Trace.Checkpoint? { run.improvements.last { $0.best.isFinite } }

    /// A value above the optimum; nil if that is unknown.
    func precision(_ value: Double) -> Double? { run.optimum.map { value - $0 } }

    /// A value above the optimum, or as it is where that is unknown.
    func relative(_ value: Double) -> Double { value - (run.optimum ?? 0) }
}

extension ProblemManifest {
    /// The problem whatever its dimension and instance: a name of the catalogue, or the words of a command.
    package var function: String {
        switch self {
        case .catalogue(let name, _, _): name
        case .command(let spec): spec.words.joined(separator: " ")
        case .digits: label
        }
    }

    /// Nil for commands, which have none.
    package var instance: Int? {
        guard case .catalogue(_, _, let instance) = self else { return nil }
        return instance
    }

    /// The number of a function of the BBOB suite.
    package var bbobNumber: Int? {
        guard case .catalogue(let name, _, _) = self, name.hasPrefix("bbob/f") else { return nil }
        return Int(name.dropFirst("bbob/f".count))
    }

    /// True for the same function, in whatever dimension and instance; commands are the same if all about them is.
    func isSameFunction(as other: ProblemManifest) -> Bool {
        switch (self, other) {
        case (.catalogue(let name, _, _), .catalogue(let otherName, _, _)): name == otherName
        default: self == other
        }
    }
}
