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
        print(
            ExplainText.render(
                chosen, of: record.spec, seen: seen, try again(chosen, record.spec(ofDecision: pull), pulls)))
    }

    /// The decision, computed again from the searches before it: it depends on what all of them may spend.
    private func again(_ chosen: Pull, _ spec: StudySpec, _ pulls: [Pull]) throws -> ExplainText.Recomputation {
        if let missing = (0..<chosen.number).first(where: { pulls[$0].number != $0 }) { return .missing(missing) }
        return try Learner.recompute(pull, of: spec, from: pulls) == chosen.decision ? .same : .different
    }
}
