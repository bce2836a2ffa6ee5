import ArgumentParser
import Foundation
import Inner
import Outer
import Problems
import Report
import Strategies

/// What decides a study's results beside its problem.
struct StudyOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "Seed of all chance (default: 1).", transform: Quantity.seed)
    var seed: UInt64?

    @Option(
        parsing: .unconditional,
        help:
            "Evaluations to spend in all (default for built-in problems: 8000 times the floor, for the demo of experts 2000).",
        transform: Quantity.count(atLeast: 1))
    var maxEvaluations: Int?

    @Option(parsing: .unconditional, help: "Searches to learn from.", transform: Quantity.count(atLeast: 1))
    var maxPulls: Int?

    @Flag(help: "Learn until the purse is spent, even when sure before.")
    var spendAll = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Fresh searches that confirm what was learned, from a fifth of the purse (default: 10; 0: none).",
            valueName: "m"),
        transform: Quantity.freshSearches)
    var confirm: Int?

    @Option(
        parsing: .unconditional,
        help: "What a doubling of the budget costs, in restarts (default: 1; of experts: 0.5).",
        transform: Quantity.price)
    var price: Double?

    @Option(
        help:
            "What the price counts: evaluations, or the seconds they take (default: evaluations). Times differ from run to run, so with seconds a study cannot be repeated from its seed alone.",
        transform: Cost.named)
    var cost: Cost?

    @Option(
        parsing: .unconditional,
        help: "Instead of a price: find the best way to spend this many evaluations by restarting.",
        transform: Quantity.count(atLeast: 1))
    var total: Int?

    @Option(
        parsing: .unconditional,
        help: "Instead of a price: find the fastest way to a value of this or less, by restarting.",
        transform: Quantity.value)
    var target: Double?

    @Option(
        parsing: .unconditional,
        help: "The least budget of a search (default: 62.5 evaluations a coordinate; of experts: 50).",
        transform: Quantity.count(atLeast: 1))
    var floor: Int?

    @Option(
        parsing: .unconditional,
        help:
            "The largest budget a search may have (default: 1024 times the floor, of experts 128, at most --total and a quarter of --max-evaluations). Budgets of up to 64 times the floor are tried first.",
        transform: Quantity.count(atLeast: 1))
    var ceiling: Int?

    @Option(
        help: ArgumentHelp(
            "Studies of this ledger, of the same settings to choose from, whose lessons this one begins with.",
            valueName: "study,study,..."),
        transform: Quantity.list)
    var warm: [String]?

    @Option(help: "Who chooses the next search; see 'knee list policies' (default: thompson).")
    var policy: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Searches that may run at the same time (default: 4): every decision sees the results of all searches before it but the last L - 1, however many workers there are.",
            valueName: "L"),
        transform: Quantity.count(atLeast: 1))
    var inFlight: Int?

    @Option(help: ArgumentHelp("Swarm sizes to choose from.", valueName: "n,n,..."), transform: Quantity.counts)
    var swarmSizes: [Int]?

    @Option(
        help: ArgumentHelp("Inertia weights or schedules; see 'knee list inertias'.", valueName: "w,w,..."),
        transform: Quantity.list)
    var inertias: [String]?

    @Option(
        help: "The family of searches; see 'knee list families' (default: particleSwarm; of experts always their own).")
    var family: String?

    @Option(
        help: ArgumentHelp("Topologies; see 'knee list topologies'.", valueName: "t,t,..."), transform: Quantity.list)
    var topologies: [String]?

    @Option(
        help: ArgumentHelp("Velocity rules; see 'knee list rules'.", valueName: "r,r,..."), transform: Quantity.list)
    var rules: [String]?

    @Option(
        help: ArgumentHelp("Boundary rules; see 'knee list boundaries'.", valueName: "b,b,..."),
        transform: Quantity.list)
    var boundaries: [String]?

    /// The study that is asked for; what is not said is the recorded study's, if one is continued.
    ///
    /// - Parameters:
    ///   - hasDeadline: true if time limits the study too.
    ///   - ledger: where the studies to begin with are.
    ///   - adjust: what else is said of the values to choose from.
    /// - Throws: `Failure` or `SelectionError`, with the value that cannot be used.
    func spec(
        for problem: ProblemManifest, hasDeadline: Bool, ledger: LedgerOptions, from recorded: StudySpec? = nil,
        adjust: (inout ArmSpace.Factors) throws -> Void = { _ in }
    ) throws -> StudySpec {
        if [price != nil, total != nil, target != nil].count(where: \.self) > 1 {
            throw Failure(usage: "give one of --price, --total and --target.")
        }
        let floor =
            try floor ?? recorded?.space.floor ?? min(standardFloor(for: problem), ceiling ?? .max)
        let purse =
            try maxEvaluations ?? recorded.map(\.purse) ?? standardPurse(for: problem, floor, hasDeadline)
        let ceiling =
            ceiling ?? recorded.map { max(floor, $0.space.ceiling) }
            ?? (problem.isComposition
                ? CompositionDefaults.ceiling(floor: floor, purse: purse, total: total)
                : StudyDefaults.ceiling(floor: floor, purse: purse, total: total))
        // Five looks at every checkpoint, which lie a quarter octave apart, must leave at least as much for the search.
        if recorded == nil, try problem.make().isNoisy, floor < Self.leastNoisyFloor {
            throw Failure(
                usage:
                    "a noisy objective needs a --floor of at least \(Self.leastNoisyFloor), not \(floor): looking again at its best points would take most evaluations."
            )
        }
        var factors = try factors(from: recorded?.space, for: problem)
        try adjust(&factors)
        let space = try ArmSpace(factors, floor: floor, ceiling: ceiling)
        try SwarmMemory.check(space.configurations, dimension: problem.dimension)
        if let purse, purse < floor {
            throw Failure(
                usage:
                    "--max-evaluations \(purse) does not pay for one search of \(floor) evaluations, the least budget; see --floor."
            )
        }
        if let total, total < floor {
            throw Failure(usage: "--total \(total) does not pay for one search of \(floor) evaluations; see --floor.")
        }
        let (goal, cost) = try goalAndCost(for: problem, from: recorded)
        let chosen = try PolicyCatalogue.all.make(policy ?? recorded?.policy ?? "thompson")
        if case .target = goal, !chosen.pursuesTarget {
            throw Failure(usage: "--policy \(chosen.name) knows only prices: it cannot go for a --target.")
        }
        return StudySpec(
            space: space, goal: goal, cost: cost,
            policy: chosen.name, seed: seed ?? recorded?.seed ?? 1, lookAhead: inFlight ?? recorded?.lookAhead ?? 4,
            purse: purse,
            maxPulls: maxPulls ?? recorded?.maxPulls, levelsAtFirst: levelsAtFirst(space, recorded),
            stopsWhenSure: spendAll ? false : recorded?.stopsWhenSure ?? true,
            freshSearches: confirm ?? recorded?.freshSearches ?? StudyDefaults.freshSearches,
            warm: try warmPrior(space, ledger, recorded))
    }

    /// What was recorded when the study began counts: those before it may have gone on since.
    private func warmPrior(_ space: ArmSpace, _ ledger: LedgerOptions, _ recorded: StudySpec?) throws -> WarmPrior? {
        guard let warm, recorded.map({ $0.warm?.studies.map(\.name) != warm }) ?? true else { return recorded?.warm }
        return try WarmStudies.prior(warm, in: ledger, for: space)
    }

    private func levelsAtFirst(_ space: ArmSpace, _ recorded: StudySpec?) -> Int {
        guard let recorded, recorded.space.levels == space.levels else { return StudyDefaults.levelsAtFirst(space) }
        return recorded.levelsAtFirst
    }

    private func goalAndCost(for problem: ProblemManifest, from recorded: StudySpec?) throws -> (Goal, Cost) {
        let goal =
            total.map(Goal.total) ?? target.map(Goal.target) ?? price.map(Goal.price) ?? recorded?.goal
            ?? .price(problem.isComposition ? CompositionDefaults.price : 1)
        let cost = cost ?? recorded?.cost ?? .evaluations
        guard goal.canCount(cost) else {
            throw Failure(
                usage:
                    "--total counts evaluations, so it cannot go with --cost seconds; give --price, or --cost evaluations."
            )
        }
        return (goal, cost)
    }

    private static let leastNoisyFloor = 53

    /// The flags that were given of what only particle swarms have.
    private func givenSwarmFactors(_ family: String) -> [String] {
        [
            ("--inertias", inertias != nil && family != Configuration.expertSwarm), ("--topologies", topologies != nil),
            ("--rules", rules != nil),
            ("--boundaries", boundaries != nil),
        ].filter(\.1).map(\.0)
    }

    private func factors(from recorded: ArmSpace?, for problem: ProblemManifest) throws -> ArmSpace.Factors {
        var factors = recorded?.factors ?? (problem.isComposition ? .expertSwarms : ArmSpace.Factors())
        if problem.isComposition, let family, family != factors.family {
            throw Failure(usage: "mixtures of experts are searched by the family \(factors.family), not by \(family).")
        }
        if let family, family != factors.family {
            factors.family = family
            factors.swarmSizes = try FamilyCatalogue.entry(family).sizes?.choices ?? [1]
        }
        if factors.family != ArmSpace.Factors().family, let flag = givenSwarmFactors(factors.family).first {
            throw Failure(usage: "\(flag) is for particle swarms; \(factors.family) has none.")
        }
        if let swarmSizes { factors.swarmSizes = swarmSizes }
        if let inertias { factors.inertias = inertias }
        if let topologies { factors.topologies = topologies }
        if let rules { factors.rules = rules }
        if let boundaries { factors.boundaries = boundaries }
        return factors
    }

    private func standardFloor(for problem: ProblemManifest) throws -> Int {
        guard problem.isComposition else { return ArmSpace.defaultFloor(dimension: problem.dimension) }
        return try problem.make().isNoisy
            ? max(CompositionDefaults.floor, Self.leastNoisyFloor) : CompositionDefaults.floor
    }

    private func standardPurse(for problem: ProblemManifest, _ floor: Int, _ hasDeadline: Bool) throws -> Int? {
        if problem.isComposition, maxPulls == nil {
            guard !problem.isCommand else {
                throw Failure(
                    usage:
                        "a composition needs --max-evaluations or --max-pulls: baselines get as many evaluations as it has spent."
                )
            }
            return CompositionDefaults.purse(floor: floor)
        }
        if hasDeadline || maxPulls != nil { return nil }
        guard !problem.isCommand else {
            throw Failure(
                usage: "a command needs a limit: --max-evaluations, --max-pulls, --max-time or --until.")
        }
        return StudyDefaults.purse(floor: floor)
    }
}

extension Cost: NamedChoice {
    static var kind: String { "cost" }
}

/// When a run ends whatever it has learned. Not part of the study: it can be resumed.
struct TimeOptions: ParsableArguments {
    @Option(
        parsing: .unconditional, help: "Stop launching after this long: 90s, 30m, 8h.", transform: Quantity.duration)
    var maxTime: Double?

    @Option(help: "Stop launching at this time of day: 07:00.", transform: Quantity.timeOfDay)
    var until: Date?

    /// Seconds from now; nil without a deadline.
    var seconds: Double? { [maxTime, until?.timeIntervalSinceNow].compactMap { $0 }.min() }

    /// - Throws: `Failure` if nothing would ever end the study.
    func checkEnd(of spec: StudySpec, study: String) throws {
        guard spec.hasEnd || seconds != nil else {
            throw Failure(usage: "study '\(study)' has no end of its own: give --max-time or --until.")
        }
    }
}

/// How a study runs; none of it changes what is learned.
struct RunningOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: "Searches at once, and evaluations of a command (default: one a core, at most --in-flight).",
        transform: Quantity.workers)
    var workers: Int?

    @Option(help: "How the report is printed: text or json (default: text).", transform: Format.named)
    var format = Format.text

    @Flag(help: "No progress on standard error.")
    var quiet = false

    @Flag(inversion: .prefixedNo, help: "Write the study's page, STUDY/report.html beside the ledger.")
    var page = true

    /// A command's workers share out the points of every search, so that none of them idles for want of searches.
    func workers(lookAhead: Int, for problem: ProblemManifest) -> Int {
        let workers = workers ?? min(ProcessInfo.processInfo.activeProcessorCount, lookAhead)
        if !problem.isCommand, workers > lookAhead, !quiet {
            Terminal.note(
                "note: at most \(Numbers.counted(lookAhead, "search runs", "searches run")) at once (--in-flight), so \(workers - lookAhead) of \(workers) workers idle."
            )
        }
        return workers
    }
}
