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
            learned budget and on while the knee is not below their end, were chosen by nothing. 'learn' ends with ten \
            of them, paid for by its purse; those made here are beside it.
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
        guard let verdict = try Verdict.of(record.spec, try ledger.pulls(of: record, .bare)) else {
            throw Failure(
                usage: "study '\(study)' has learned nothing yet; continue it with \(Failure.command("resume", study))."
            )
        }
        let plan: ConfirmationPlan
        do {
            plan = try ConfirmationPlan(verdict.arm, of: record.spec.space, searches: searches)
        } catch { throw Failure(usage: "study '\(study)' cannot be confirmed: \(ConfirmationText.sentence(error)).") }
        let session = Session.here(record)
        try ledger.begin(session)
        defer { try? ledger.end(session) }
        let workers = workers ?? ProcessInfo.processInfo.activeProcessorCount
        let confirmed: ConfirmationRecord?
        do {
            confirmed = try await interruptible {
                try await OpenProblem.with(record, Evaluators(workers: workers), outages.rule(hasAnswered: true)) {
                    let fresh = FreshSearches(
                        study: record, ledger: ledger, problem: $0, workers: workers, learned: nil)
                    return try await fresh.confirm(plan)
                }
            }
        } catch is CancellationError {
            Terminal.note("interrupted; the same command goes on with what is missing.")
            throw Exit.interrupted
        }
        guard let confirmed else { throw Failure(usage: "not all fresh searches were made; say it again.") }
        switch format {
        case .text: print(ConfirmationText.render(confirmed, problem: record.problem.label))
        case .json: print(try ConfirmationText.json(confirmed, study: study))
        }
    }
}
