import ArgumentParser
import Ledger
import Outer
import Report

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove from a ledger's rows that its studies are consistent.",
        discussion: """
            Budgets, numbering, traces and digests are checked, and every decision is computed again from the searches \
            it had in view. Nothing is written. Exit code 5 if anything is wrong.
            """)

    @Argument(help: "Studies of 'knee status' (default: all).")
    var studies: [String] = []

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() throws {
        let ledger = try ledgerOptions.reading()
        let faults = try ledger.integrity()
        for fault in faults { print("\(ledger.path): \(PlainLine.of(fault))") }
        let names = try studies.isEmpty ? ledger.studies().map(\.name) : studies
        var isWrong = !faults.isEmpty
        for name in names {
            let proof = try ledger.proof(of: try ledger.study(named: name))
            print(ProofText.render(proof))
            isWrong = isWrong || !proof.flaws.isEmpty
        }
        if names.isEmpty { print("no studies yet") }
        if isWrong { throw Exit.ledger }
    }
}
