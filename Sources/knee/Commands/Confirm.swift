import ArgumentParser
import Foundation
import Inner
import Ledger
import Outer
import Report

struct Confirm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Search afresh with what a study has learned, and say where the knee then is.",
        discussion: """
            A study is too sure of what it chose: it chose what did well, luck included. Fresh searches, to twice the \
            learned budget, were chosen by nothing. They are not paid for by the study's purse.
            """)

    @Argument(help: "A study of 'knee status'.")
    var study: String

    @Option(parsing: .unconditional, help: "Fresh searches (default: 10).", transform: Quantity.count(atLeast: 2))
    var searches = 10

    @OptionGroup(title: "Outages") var outages: OutageOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    @Option(
        parsing: .unconditional, help: "Searches at once, and evaluations of a command (default: one a core).",
        transform: Quantity.workers)
    var workers: Int?

    @Option(help: "How the result is printed: text or json (default: text).", transform: Format.named)
    var format = Format.text

    func run() async throws {
        let record = try ledgerOptions.reading().study(named: study)
        let ledger = try ledgerOptions.writing()
        guard let verdict = try Verdict.of(record.spec, try ledger.pulls(of: record)) else {
            throw Failure(
                usage: "study '\(study)' has learned nothing yet; continue it with \(Failure.command("resume", study))."
            )
        }
        let (space, arm) = (record.spec.space, verdict.arm)
        guard try !arm.configuration.family().isHorizonBound else {
            throw Failure(
                usage:
                    "study '\(study)' has learned the inertia '\(arm.configuration.inertiaLabel)', which depends on the budget: a longer search says nothing about a shorter one."
            )
        }
        let budgets = (0...arm.level + 1).map(space.budget)
        let fresh = FreshSearches(
            problem: record.problem, configuration: arm.configuration, budget: budgets[arm.level + 1], grid: space.grid,
            workers: workers ?? ProcessInfo.processInfo.activeProcessorCount, outages: outages)
        let streams = (0..<searches).map(record.spec.confirmationStream)
        let clock = ContinuousClock.now
        let results: [SearchResult]
        do { results = try await interruptible { try await fresh.run(streams) } } catch is CancellationError {
            Terminal.note("interrupted: fresh searches are not resumed; nothing of them was recorded.")
            throw Exit.interrupted
        }
        let values = results.map { result in budgets.map { result.trace.best(at: $0) } }
        let confirmation = KneeConfirmation(
            values, budgets: budgets, goal: record.spec.goal, stream: record.spec.confirmationStream(searches))
        let confirmed = ConfirmationRecord(
            arm: arm, confirmation: confirmation, evaluations: results.reduce(0) { $0 + $1.evaluations },
            seconds: (ContinuousClock.now - clock) / .seconds(1))
        try ledger.record(confirmed, of: record)
        switch format {
        case .text: print(ConfirmationText.render(confirmed, problem: record.problem.label))
        case .json: print(try ConfirmationText.json(confirmed, study: study))
        }
    }
}
