import ArgumentParser
import Foundation
import Inner
import Ledger
import Outer
import Problems

/// What decides a comparison's results.
struct CompareOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Families to compare; see 'knee list families'. A size or a swarm's settings may follow: cmaes/20, particleSwarm/40/0.7298/ring.",
            valueName: "f,f,..."),
        transform: Quantity.list)
    var families: [String]

    @Option(
        help: ArgumentHelp("Problems, or whole suites of 'knee list problems': bbob, nist.", valueName: "p,p,..."),
        transform: Quantity.list)
    var problems: [String]?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Coordinates, every problem in each.", valueName: "d,d,..."), transform: Quantity.counts)
    var dimensions: [Int]?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Instances of built-in functions that blocks take in turn: 1-15 or 1,2,3 (default: one a block).",
            valueName: "from-to"),
        transform: Quantity.numbers)
    var instances: [Int]?

    @Option(
        parsing: .unconditional,
        help:
            "Blocks of every problem; in a block all families share instance, initial points and seeds (default: 15, or one an instance).",
        transform: Quantity.count(atLeast: 1))
    var blocks: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Budgets of a search, in evaluations.", valueName: "n,n,..."), transform: Quantity.counts)
    var evaluations: [Int]?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The same, in evaluations a coordinate (default: 100,1000).", valueName: "n,n,..."),
        transform: Quantity.counts)
    var evaluationsPerCoordinate: [Int]?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Instead of budgets: every family first learns its settings and budget for every problem, with so many evaluations, and is compared there.",
            valueName: "purse"),
        transform: Quantity.count(atLeast: 1))
    var learn: Int?

    @Option(
        parsing: .unconditional,
        help: "With --learn: what a doubling of the budget costs, in restarts (default: 1).",
        transform: Quantity.price)
    var price: Double?

    @Option(parsing: .unconditional, help: "Seed of all chance (default: 1).", transform: Quantity.seed)
    var seed: UInt64 = 1

    /// - Throws: `Failure` or `SelectionError`, with the value that cannot be used.
    func spec(_ problem: ProblemOptions) throws -> ComparisonSpec {
        if learn != nil, evaluations != nil || evaluationsPerCoordinate != nil {
            throw Failure(usage: "with --learn the budgets are learned: give no --evaluations.")
        }
        if evaluations != nil, evaluationsPerCoordinate != nil {
            throw Failure(usage: "give --evaluations or --evaluations-per-coordinate, not both.")
        }
        if price != nil, learn == nil { throw Failure(usage: "--price is for --learn.") }
        let contestants = try families.map { try ContestantText.contestant($0, learns: learn != nil) }
        guard contestants.count >= 2 else { throw Failure(usage: "name two --families or more to compare.") }
        guard Set(contestants.map(\.name)).count == contestants.count else {
            throw Failure(usage: "no family is named twice in --families.")
        }
        let blocks = blocks ?? instances?.count ?? 15
        let problems = try manifests(problem).map { try compared($0, blocks: blocks) }
        guard Set(problems).count == problems.count else { throw Failure(usage: "no problem is named twice.") }
        for problem in problems {
            for contestant in contestants where learn == nil {
                try SwarmMemory.check(
                    [try contestant.configuration(dimension: problem.manifest.dimension)],
                    dimension: problem.manifest.dimension)
            }
        }
        return ComparisonSpec(
            contestants: contestants, problems: problems, blocks: blocks, seed: seed,
            learning: try learn.map { try learning($0, problems) })
    }

    private func learning(_ purse: Int, _ problems: [ComparedProblem]) throws -> ComparisonSpec.Learning {
        for problem in problems {
            let floor = ArmSpace.defaultFloor(dimension: problem.manifest.dimension)
            guard purse >= 4 * floor else {
                throw Failure(
                    usage:
                        "--learn \(purse) is too little for \(problem.label): it does not pay for four searches of \(floor) evaluations, the least budget."
                )
            }
        }
        return ComparisonSpec.Learning(purse: purse, price: price ?? 1)
    }

    private func manifests(_ options: ProblemOptions) throws -> [ProblemManifest] {
        if options.instance != nil {
            throw Failure(usage: "a comparison takes --instances, like 1-15, not --instance.")
        }
        guard let problems else {
            if dimensions != nil {
                throw Failure(usage: "--dimensions is for --problems; a command has one --dimension.")
            }
            return [try options.manifest()]
        }
        guard options.problem == nil, options.command.isEmpty else {
            throw Failure(usage: "give --problems, or one problem or command, not both.")
        }
        if options.dimension != nil, dimensions != nil {
            throw Failure(usage: "give --dimension or --dimensions, not both.")
        }
        let sizes: [Int?] = dimensions ?? [options.dimension]
        return try sizes.flatMap { size in
            try problems.flatMap(ProblemCatalogue.suite).map { try ProblemManifest.builtIn($0, dimension: size) }
        }
    }

    private func compared(_ manifest: ProblemManifest, blocks: Int) throws -> ComparedProblem {
        let budgets = budgets(dimension: manifest.dimension)
        guard case .catalogue(let name, let dimension, _) = manifest, try ProblemCatalogue.hasInstances(name) else {
            return ComparedProblem(manifest, instances: [], budgets: budgets)
        }
        let instances = instances ?? Array(1...blocks)
        let all = try instances.map { try ProblemManifest.builtIn(name, dimension: dimension, instance: $0) }
        return ComparedProblem(all[0], instances: instances, budgets: budgets)
    }

    /// Empty where they are learned.
    private func budgets(dimension: Int) -> [Int] {
        if learn != nil { return [] }
        let all = evaluations ?? (evaluationsPerCoordinate ?? [100, 1000]).map { $0 * dimension }
        return Set(all).sorted()
    }
}
