import ArgumentParser
import Foundation
import Ledger
import Report

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "List the studies and comparisons of a ledger, and where they stand.")

    @OptionGroup var ledgerOptions: LedgerOptions

    @Option(help: "How the list is printed: text or json (default: text).", transform: Format.named)
    var format = Format.text

    func run() throws {
        let ledger = try ledgerOptions.reading()
        let studies = try ledger.studies()
        switch format {
        case .text: print(StatusText.render(studies, try ledger.comparisons()))
        case .json: print(try StatusText.json(studies))
        }
    }
}
