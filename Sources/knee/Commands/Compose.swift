import ArgumentParser
import Foundation
import Ledger
import Outer
import Problems
import Report

struct Compose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compose an expert from others, and learn how much search that takes.",
        usage: """
            knee compose --experts <folder> --evaluator <command> --validation <n>
            knee compose --demo digits [<options>]
            """,
        discussion: """
            Particles are mixtures of experts, sum c_i w_i with sum c_i = 1, and a swarm searches for the one that does \
            best on the validation examples. How many particles and iterations that takes, and with which weights, is \
            learned as by 'learn'. Then baselines get as many evaluations, and everything that was found is tested, once, \
            on examples that nothing was chosen by. See docs/compose.md.
            """)

    @OptionGroup(title: "Experts") var experts: ExpertOptions
    @OptionGroup(title: "Evaluator") var commands: CommandOptions
    @OptionGroup(title: "Swarms of experts") var swarms: ExpertSwarmOptions
    @OptionGroup(title: "Study") var options: StudyOptions
    @OptionGroup var naming: StudyNaming

    @Option(
        help: ArgumentHelp(
            "Baselines that search too, each as much as the study: greedy-soup, random, cmaes, model-swarms, or all or none (default: all).",
            valueName: "b,b,..."),
        transform: Baselines.init)
    var baselines: Baselines?

    @OptionGroup(title: "Time") var time: TimeOptions
    @OptionGroup(title: "Outages") var outages: OutageOptions
    @OptionGroup(title: "Running") var running: RunningOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    func run() async throws {
        let recorded = try naming.recorded(in: ledgerOptions)
        if let recorded, !recorded.problem.isComposition {
            throw Failure(
                usage:
                    "study '\(recorded.name)' composes nothing; continue it with \(Failure.command("resume", recorded.name))."
            )
        }
        let manifest = try experts.manifest(commands, from: recorded?.problem)
        let spec = try options.spec(
            for: manifest, hasDeadline: time.seconds != nil, ledger: ledgerOptions, from: recorded?.spec,
            adjust: swarms.adjust)
        try naming.check(recorded, manifest, spec, time)
        if case .external(let command) = try manifest.make() { try command.check() }
        try ExpertPools.check(manifest)
        let ledger = try ledgerOptions.writing()
        let record = try naming.begin(manifest, spec, from: recorded, in: ledger)
        if !running.quiet { Terminal.note("study \(record.name) in \(ledger.path)") }
        try baselines?.remember(of: record, in: ledger)
        try await StudyRun.watchedAndTold(record, in: ledger, time: time, outages: outages, running: running)
    }
}
