import ArgumentParser
import Foundation
import Ledger
import Report

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look after a ledger: close what processes left open, and say what is torn or foreign.",
        discussion: """
            Sessions of processes that are gone are closed, and what waits in the journal is written into the ledger. \
            Files that do not belong are named. Nothing is ever deleted. Exit code 5 if the ledger is damaged.
            """)

    @OptionGroup var ledgerOptions: LedgerOptions

    func run() throws {
        let strangers = LedgerFolder.strangers(beside: ledgerOptions.ledger)
        for stranger in strangers { print("\(stranger.path): \(stranger.kind.rawValue)") }
        let ledger = try ledgerOptions.existing()
        let faults = try ledger.integrity()
        for fault in faults { print("\(ledger.path): \(PlainLine.of(fault))") }
        guard faults.isEmpty else { throw Exit.ledger }
        let sessions = try ledger.reclaimSessions()
        for session in sessions.closed {
            print("\(session.study): closed for process \(session.holder.pid), which is gone (begun \(session.begun))")
        }
        for session in sessions.open {
            print("\(session.study): process \(session.holder.pid) on \(session.holder.host) works on it")
        }
        let left = try ledger.checkpoint()
        print(
            "\(ledger.path): in order, "
                + (left == 0 ? "nothing waits in its journal" : "\(left) pages wait in its journal, which others read"))
    }
}
