import ArgumentParser
import Foundation
import Inner
import Ledger
import Outer
import Problems
import Report
import Strategies

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search once: at given settings, or at those a study has learned.",
        usage: "knee run --as <study> [<options>]\nknee run <problem> [<options>]\nknee run [<options>] -- <command>")

    @OptionGroup var problem: ProblemOptions

    @Option(name: .customLong("as"), help: "Problem and settings of this study's verdict.")
    var study: String?

    @OptionGroup(title: "Settings") var settings: SearchSettings
    @OptionGroup(title: "Outages") var outages: OutageOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    @Option(parsing: .unconditional, help: "Seed of all chance.", transform: Quantity.seed)
    var seed: UInt64 = 1

    @Option(
        parsing: .unconditional,
        help: "Independent searches, the best of which counts (default: 1, or what a study's --total pays for).",
        transform: Quantity.count(atLeast: 1))
    var restarts: Int?

    @Option(
        parsing: .unconditional, help: "Evaluations of a command at once (default: one a core).",
        transform: Quantity.workers)
    var workers: Int?

    @Option(help: "How the result is printed: text or json (default: text).", transform: Format.named)
    var format = Format.text

    func run() async throws {
        let plan = try study.map(learned) ?? chosen()
        let ledger = try ledgerOptions.writing()
        let search = SingleSearch(
            plan: plan, seed: seed, workers: workers ?? ProcessInfo.processInfo.activeProcessorCount, outages: outages,
            ledger: ledger)
        let (result, wasInterrupted) = try await interruptible(search.run)
        if wasInterrupted, result.searches == 0 {
            Terminal.note("interrupted: a single search is not resumed; nothing of it was recorded.")
            throw Exit.interrupted
        }
        switch format {
        case .text: print(RunText.render(result))
        case .json: print(try RunText.json(result))
        }
        if wasInterrupted {
            Terminal.note("interrupted after \(result.searches) of \(plan.restarts) searches, which are recorded.")
            throw Exit.interrupted
        }
        if result.best == nil { throw Exit.objectiveFails }
    }

    private func chosen() throws -> SearchPlan {
        let manifest = try problem.manifest()
        let configuration = try settings.configuration(dimension: manifest.dimension)
        try SwarmMemory.check([configuration], dimension: manifest.dimension)
        let budget = try settings.budget(size: configuration.swarmSize)
        return SearchPlan(
            study: nil, problem: manifest, configuration: configuration, budget: budget,
            grid: CheckpointGrid(first: budget), restarts: restarts ?? 1)
    }

    private func learned(_ name: String) throws -> SearchPlan {
        guard problem.problem == nil, problem.command.isEmpty else {
            throw Failure(usage: "--as brings the problem of study '\(name)'; name no other.")
        }
        if let flag = problem.given.first {
            throw Failure(usage: "--as brings the problem of study '\(name)'; \(flag) cannot change it.")
        }
        if let flag = settings.given.first {
            throw Failure(usage: "--as brings the settings of study '\(name)'; \(flag) cannot change them.")
        }
        let ledger = try ledgerOptions.reading()
        let record = try ledger.study(named: name)
        guard let verdict = try Verdict.of(record.spec, try ledger.pulls(of: record, .bare)) else {
            throw Failure(
                usage: "study '\(name)' has learned nothing yet; continue it with \(Failure.command("resume", name)).")
        }
        let arm = StudyReport.recommended(verdict, try ledger.lastConfirmation(of: record), record.spec.space)
        var paid = 1
        if case .total(let total) = record.spec.goal { paid = max(1, total / arm.budget) }
        return SearchPlan(
            study: name, problem: record.problem, configuration: arm.configuration, budget: arm.budget,
            grid: record.spec.space.grid, restarts: restarts ?? paid)
    }
}

/// The settings of one search.
struct SearchSettings: ParsableArguments {
    @Option(
        parsing: .unconditional, help: "Particles (default: 40).", transform: Quantity.count(atLeast: 1))
    var swarmSize: Int?

    @Option(
        parsing: .unconditional, help: "Iterations (default: 250).", transform: Quantity.count(atLeast: 1))
    var iterations: Int?

    @Option(
        parsing: .unconditional, help: "Evaluations, instead of iterations.", transform: Quantity.count(atLeast: 1))
    var evaluations: Int?

    @Option(help: "The family of searches; see 'knee list families' (default: particleSwarm).")
    var family: String?

    @Option(help: "An inertia weight or schedule (default: 0.7298).")
    var inertia: String?

    @Option(help: "A topology (default: global).")
    var topology: String?

    @Option(help: "A velocity rule (default: inertiaWeight).")
    var rule: String?

    @Option(help: "A boundary rule (default: reflect).")
    var boundary: String?

    func configuration(dimension: Int) throws -> Configuration {
        if let family, family != FamilyCatalogue.particleSwarm {
            let flags = [("--inertia", inertia), ("--topology", topology), ("--rule", rule), ("--boundary", boundary)]
            if let flag = flags.first(where: { $0.1 != nil }) {
                throw Failure(usage: "\(flag.0) is for particle swarms; \(family) has none.")
            }
            let usual = try FamilyCatalogue.entry(family).sizes?.usual(dimension) ?? 1
            return try Configuration(family: family, swarmSize: swarmSize ?? usual)
        }
        return try Configuration(
            swarmSize: swarmSize ?? 40, inertia: inertia ?? "0.7298", topology: topology ?? "global",
            rule: rule ?? "inertiaWeight", boundary: boundary ?? "reflect")
    }

    func budget(size: Int) throws -> Int {
        if evaluations != nil, iterations != nil {
            throw Failure(usage: "give --iterations or --evaluations, not both.")
        }
        if let evaluations { return evaluations }
        let (budget, overflow) = size.multipliedReportingOverflow(by: iterations ?? 250)
        guard !overflow, budget < Quantity.countLimit else {
            throw Failure(
                usage:
                    "--swarm-size times --iterations is too large a budget: it stays below 1e15 evaluations.")
        }
        return budget
    }

    /// The flags that were given.
    var given: [String] {
        [
            ("--swarm-size", swarmSize != nil), ("--iterations", iterations != nil),
            ("--evaluations", evaluations != nil), ("--inertia", inertia != nil), ("--topology", topology != nil),
            ("--rule", rule != nil), ("--boundary", boundary != nil), ("--family", family != nil),
        ].filter(\.1).map(\.0)
    }
}
