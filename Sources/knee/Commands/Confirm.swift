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

    @Option(
        parsing: .unconditional, help: "Fresh searches (default: 10).",
        transform: Quantity.count(atLeast: KneeConfirmation.leastSearches))
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
                usage:
                    "study '\(study)' has learned nothing yet; continue it with \(Failure.command("resume", study, ledger: ledger.path))."
            )
        }
        let plan: ConfirmationPlan
        do {
            plan = try ConfirmationPlan(verdict.arm, of: record.spec.space, searches: searches)
        } catch {
            throw Failure(
                usage: "study '\(study)' cannot be confirmed: \(ConfirmationText.sentence(error, record.spec)).")
        }
        let session = Session.here(record)
        try ledger.begin(session)
        defer { try? ledger.end(session) }
        let workers = workers ?? ProcessInfo.processInfo.activeProcessorCount
        let before = try ledger.freshSearches(of: record, isCharged: false)
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
        let page = try await rewrittenPage(of: record, in: ledger)
        switch format {
        case .text:
            let after = try ledger.freshSearches(of: record, isCharged: false)
            let made = (evaluations: after.evaluations - before.evaluations, searches: after.searches - before.searches)
            print(ConfirmationText.render(confirmed, of: record, made: made, page: page))
        case .json: print(try ConfirmationText.json(confirmed, study: study))
        }
    }

    /// Where the study's page is, with what the fresh searches said; nil if it has none.
    private func rewrittenPage(of record: StudyRecord, in ledger: Ledger) async throws -> String? {
        let path = StudyPageFile.path(of: record.name, beside: ledger.path)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let recorded = try await RecordedReport(record, in: ledger, history: true)
        let composition = try RecordedComposition.report(recorded.report, of: record, in: ledger)
        try StudyPageFile.write(recorded.report, recorded.picture, composition, to: path)
        return path
    }
}
