import ArgumentParser
import Ledger
import Outer
import Report

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove from a ledger's rows that its studies and comparisons are consistent.",
        discussion: """
            Budgets, numbering, traces, settings and digests are checked. Every decision is computed again from the \
            searches it had in view, what fresh searches say from them, and best points are evaluated again, where this \
            program can: not what a command evaluates, nor with noise. Nothing is written. Exit code 5 if anything is wrong.
            """)

    @Argument(help: "Studies and comparisons of 'knee status' (default: all).")
    var names: [String] = []

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() throws {
        let ledger = try ledgerOptions.reading()
        let faults = try ledger.integrity()
        for fault in faults { print("\(ledger.path): \(PlainLine.of(fault))") }
        let (studies, comparisons) = (try studies(ledger), try comparisons(ledger))
        var isWrong = !faults.isEmpty
        for study in studies {
            let proof = try ledger.proof(of: try ledger.study(named: study))
            print(ProofText.render(proof))
            isWrong = isWrong || !proof.flaws.isEmpty
        }
        for comparison in comparisons {
            let proof = try ledger.proof(of: try ledger.comparison(named: comparison))
            print(ProofText.render(proof))
            isWrong = isWrong || !proof.flaws.isEmpty
        }
        if studies.isEmpty, comparisons.isEmpty { print("no studies yet") }
        if isWrong { throw Exit.ledger }
    }

    private func comparisons(_ ledger: Ledger) throws -> [String] {
        names.isEmpty ? try ledger.comparisons().map(\.name) : try names.filter(ledger.hasComparison)
    }

    /// A name that nothing has is missed as a study.
    private func studies(_ ledger: Ledger) throws -> [String] {
        if names.isEmpty { return try ledger.studies().map(\.name) }
        return try names.filter { try ledger.hasStudy(named: $0) || !ledger.hasComparison(named: $0) }
    }
}
