import ArgumentParser
import Ledger

struct Extend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Give a study more searches or evaluations, and continue it.",
        discussion: """
            A study of 100 searches that is extended by 100 makes the decisions of one that was given 200 at first. One \
            that was given more evaluations keeps what it chose when little was left of its purse.
            """)

    @Argument(help: "A study of 'knee status'.")
    var study: String

    @Option(parsing: .unconditional, help: "Searches more.", transform: Quantity.count(atLeast: 1))
    var pulls: Int?

    @Option(parsing: .unconditional, help: "Evaluations more.", transform: Quantity.count(atLeast: 1))
    var evaluations: Int?

    @OptionGroup(title: "Time") var time: TimeOptions
    @OptionGroup(title: "Outages") var outages: OutageOptions
    @OptionGroup(title: "Running") var running: RunningOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    func run() async throws {
        guard pulls != nil || evaluations != nil else {
            throw Failure(usage: "say how much more: --pulls, --evaluations, or both.")
        }
        let ledger = try ledgerOptions.existing()
        let record = try ledger.extend(
            try ledger.study(named: study), pulls: pulls ?? 0, evaluations: evaluations ?? 0)
        try await StudyRun.watchedAndTold(record, in: ledger, time: time, outages: outages, running: running)
    }
}
