import ArgumentParser
import Inner
import Problems

/// How a command after `--` is spoken to, and what its evaluations may take.
struct CommandOptions: ParsableArguments {
    @Option(
        name: .customLong("protocol"), help: "How a command is spoken to; see 'knee list protocols' (default: plain).")
    var protocolName: String?

    @Option(
        parsing: .unconditional, help: "Points a jsonl request holds at most (default: 64; of mixtures: 1).",
        transform: Quantity.count(atLeast: 1))
    var batch: Int?

    @Flag(help: "The command is noisy: searches then evaluate their best point five times at every checkpoint.")
    var noisy = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Time an evaluation may take: 30s, 5m, 'none', or 'auto', ten times the longest so far and at least ten minutes (default: auto).",
            valueName: "time"),
        transform: Quantity.timeLimit)
    var evalTimeout: EvaluationLimits.Time?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Memory the command and what it starts may hold: 512M, 4G (default: no limit).", valueName: "bytes"),
        transform: Quantity.bytes)
    var memoryLimit: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What an evaluation may print: 1M, 64M (default: 64M).", valueName: "bytes"),
        transform: Quantity.bytes)
    var maxOutput: Int?

    @Option(
        parsing: .unconditional,
        help: "Times an evaluation that got no answer is tried again, each of them charged (default: 0).",
        transform: Quantity.count(atLeast: 0))
    var retries: Int?

    @Option(
        name: .customLong("env"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A variable the command sees, beside PATH, HOME, LANG and the like; may be repeated.",
            valueName: "name or name=value"))
    var environment: [String] = []

    @Option(
        help: ArgumentHelp(
            "Every worker runs in a folder of its own in this one (default: all where knee runs).", valueName: "folder")
    )
    var workDir: String?

    /// The flags that were given.
    var given: [String] {
        [
            ("--protocol", protocolName != nil), ("--batch", batch != nil), ("--noisy", noisy),
            ("--eval-timeout", evalTimeout != nil), ("--memory-limit", memoryLimit != nil),
            ("--max-output", maxOutput != nil), ("--retries", retries != nil), ("--env", !environment.isEmpty),
            ("--work-dir", workDir != nil),
        ].filter(\.1).map(\.0)
    }

    /// What was said, over what `spec` holds.
    func apply(to spec: inout CommandSpec) throws {
        if memoryLimit != nil, !EvaluationLimits.canLimitMemory {
            throw Failure(usage: "--memory-limit cannot be kept on this system, which does not tell what others hold.")
        }
        spec.protocolName = protocolName ?? spec.protocolName
        spec.batch = batch ?? spec.batch
        spec.isNoisy = noisy || spec.isNoisy
        spec.limits.time = evalTimeout ?? spec.limits.time
        spec.limits.memory = memoryLimit ?? spec.limits.memory
        spec.limits.output = maxOutput ?? spec.limits.output
        spec.retries = retries ?? spec.retries
        if !environment.isEmpty { spec.environment = environment }
        if workDir?.isEmpty == true { throw Failure(usage: "--work-dir names no folder.") }
        spec.workFolder = workDir ?? spec.workFolder
    }
}

/// When a command is taken to be out of reach. Not part of the study: what is in flight then is done again.
struct OutageOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Stop, resumable, after so many requests in a row without an answer, or 'never' (default: 100; less if there never was one).",
            valueName: "n"),
        transform: { $0 == "never" ? 0 : try Quantity.count(atLeast: 1)($0) })
    var abortAfter: Int?

    func rule(hasAnswered: Bool) -> OutageRule {
        // Who says a number means it for the first evaluations too.
        OutageRule(
            after: abortAfter.map { $0 == 0 ? nil : $0 } ?? OutageRule.standard,
            hasAnswered: hasAnswered || abortAfter != nil)
    }
}
