import ArgumentParser
import Ledger

struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Continue a study that was interrupted, or ran out of time.",
        discussion: "The result is the one it would have reached without the interruption.")

    @Argument(help: "A study of 'knee status'.")
    var study: String

    @OptionGroup(title: "Time") var time: TimeOptions
    @OptionGroup(title: "Outages") var outages: OutageOptions
    @OptionGroup(title: "Running") var running: RunningOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    func run() async throws {
        let record = try ledgerOptions.reading().study(named: study)
        try time.checkEnd(of: record.spec, study: study)
        let ledger = try ledgerOptions.writing()
        try await StudyRun.watchedAndTold(record, in: ledger, time: time, outages: outages, running: running)
    }
}
