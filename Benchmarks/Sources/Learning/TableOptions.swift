import ArgumentParser
import Foundation

/// Which table of traces: what `benchmarks table` makes and `benchmarks replay` reads.
struct TableOptions: ParsableArguments {
    @Flag(help: "The full table: 20 seeds to launch from and 60 to judge by, instead of 8 and 16.") var full = false
    @Option(help: "Dimensions of the functions; data sets have their own.") var dimensions = [10]
    @Option(help: "Folder of the table (default: .build/traces or .build/traces-full).") var folder: String?
    @Option(help: "Problems, by name; all unless told.") var problems: [String] = []

    var trainSeeds: Int { full ? 20 : 8 }
    var heldOutSeeds: Int { full ? 60 : 16 }
    var path: String { folder ?? (full ? ".build/traces-full" : ".build/traces") }

    /// The complete table of a problem.
    func traces(of problem: TableProblem) throws -> TraceTable {
        let file = TraceTable.path(in: path, problem)
        var traces = try TraceTable(problem, trainSeeds: trainSeeds, heldOutSeeds: heldOutSeeds)
        try traces.read(file)
        guard traces.isComplete else { throw TraceTableError.incomplete(file) }
        return traces
    }

    func chosen() throws -> [TableProblem] {
        try TableProblem.all(dimensions: dimensions).filter {
            problems.isEmpty || problems.contains($0.name)
        }
    }
}
