import ArgumentParser
import Ledger
import Outer
import Report

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say why a search was launched, and compute that decision again.")

    @Argument(help: "A study of 'knee status'.")
    var study: String

    @Option(parsing: .unconditional, help: "Number of the search, from 0.", transform: Quantity.count(atLeast: 0))
    var pull: Int

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() throws {
        let ledger = try ledgerOptions.reading()
        let record = try ledger.study(named: study)
        let pulls = try ledger.pulls(of: record)
        guard let chosen = pulls.first(where: { $0.number == pull }) else {
            let range =
                pulls.isEmpty ? "it has none yet" : "it has \(pulls[0].number) to \(pulls[pulls.count - 1].number)"
            throw Failure(usage: "study '\(study)' has no finished search \(pull): \(range).")
        }
        let seen = try Learner(record.spec).visible(to: pull)
        let again = try Learner.recompute(pull, of: record.spec, from: pulls)
        print(ExplainText.render(chosen, of: record.spec, seen: seen, agrees: again == chosen.decision))
    }
}
