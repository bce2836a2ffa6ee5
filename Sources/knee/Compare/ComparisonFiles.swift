import Ledger
import Outer
import Report

/// A comparison for other programs, as files or on standard output.
enum ComparisonFiles {
    /// Every recorded search: one a contestant and block, and one a budget of those that look at their horizon.
    static func exported(_ comparison: ComparisonRecord, in ledger: Ledger) throws -> ExportedComparison {
        let spec = comparison.spec
        let optima = spec.problems.map { problem in (0..<spec.blocks).map { problem.manifest(block: $0).optimum } }
        let runs = try ledger.searches(of: comparison).map { search in
            let place = search.place
            return ExportedRun(
                ComparedRun(
                    family: place.contestant, problem: place.problem, block: place.block,
                    evaluations: search.evaluations, improvements: search.improvements,
                    optimum: optima[place.problem][place.block]),
                on: spec.problems[place.problem].manifest(block: place.block), budget: place.budget)
        }
        return ExportedComparison(
            name: comparison.name, seed: spec.seed, families: spec.contestants.map(\.name), runs: runs)
    }

    /// - Throws: `Failure` if a file cannot be written.
    static func write(_ files: [ExportedFile], to folder: String) throws {
        for file in files { try DurableFile.write(file.text, to: "\(folder)/\(file.path)", makingFolder: true) }
    }
}
