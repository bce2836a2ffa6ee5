import Inner
import Ledger
import Outer
import Problems

/// Everything a report says about one study: a pure function of what the ledger holds.
public struct StudyReport: Sendable {
    public let study: String
    public let problem: String
    public let optimum: Double?
    public let spec: StudySpec
    public let verdict: Verdict?
    /// What to use: the learned settings, with the budget at which fresh searches found their knee.
    public let recommended: Arm?
    public let stop: StopReason?
    /// What made it stop, if that was the objective.
    public let outage: Outage?
    /// Two values of one point, if that was looked at.
    public let retest: SearchResult.Retest?
    /// What fresh searches said about the learned arm, if there were any.
    public let confirmation: ConfirmationRecord?
    /// Why there cannot be any, if so.
    public let obstacle: ConfirmationPlan.Obstacle?
    /// Fresh searches that the purse has paid for.
    public let fresh: FreshSpend
    public let pulls: Int
    /// Of the pulls and of the fresh searches that the purse has paid for.
    public let evaluations: Int
    /// What other ways to learn would have spent.
    let instead: ReplayFigures?
    /// Of the same searches.
    public let failures: Int
    public let searchSeconds: Double
    /// How many failures of the pulls whose evidence is kept ended how, the most frequent first.
    public let outcomes: [(outcome: Outcome, count: Int)]
    public let firstFailure: String?
    public let digest: String
    public let decisionsDigest: String
    public let ledger: String
    /// Where its page was written, if it was.
    public var page: String?
    /// The command line that began it, word by word.
    public let commandLine: [String]
    /// How the program was called: what the next command begins with.
    public let program: String

    /// - Parameters:
    ///   - pulls: the study's finished pulls, in order.
    ///   - stop: why it last stopped; nil if it runs, or was killed.
    ///   - outage: what made it stop, if that was the objective.
    ///   - verdict: of these pulls, if it is known already.
    ///   - digests: the same; pulls without contenders do not tell them.
    ///   - confirmation: what fresh searches said; told only if they were of the arm that is learned now.
    ///   - fresh: the fresh searches that the purse has paid for.
    ///   - begun: those of them that confirm what is learned now.
    ///   - ledger: path of the ledger.
    ///   - program: how the program was called.
    /// - Throws: `SelectionError` if the study uses a plug-in that this program does not know.
    public init(
        _ record: StudyRecord, optimum: Double?, pulls: [Pull], stop: StopReason?, outage: Outage? = nil,
        verdict: Verdict? = nil, digests: StudyDigests? = nil, confirmation: ConfirmationRecord? = nil,
        fresh: FreshSpend = .none, begun: Int = 0, ledger: String, program: String = "knee"
    ) throws {
        study = record.name
        problem = record.problem.label
        self.optimum = optimum
        spec = record.spec
        let verdict = try verdict ?? Verdict.of(record.spec, pulls)
        self.verdict = verdict
        self.fresh = fresh
        self.stop = stop
        self.outage = outage
        self.confirmation = confirmation?.arm == verdict?.arm ? confirmation : nil
        recommended = verdict.map { Self.recommended($0, confirmation, record.spec.space) }
        retest = pulls.lazy.compactMap(\.result.retest).first
        self.pulls = pulls.count
        let learning = pulls.reduce(0) { $0 + $1.result.evaluations }
        evaluations = learning + fresh.evaluations
        // Replays were of particle swarms on functions: they tell nothing of mixtures.
        instead =
            record.problem.isComposition ? nil : verdict.map { ReplayFigures($0, record.spec, learning: learning) }
        obstacle = verdict.flatMap {
            Self.obstacle(
                $0, record.spec, left: record.spec.leftToConfirm(learning: learning, fresh: fresh.evaluations),
                done: begun)
        }
        failures = pulls.reduce(fresh.failures) { $0 + $1.result.failures }
        outcomes = Self.count(pulls)
        firstFailure = pulls.lazy.compactMap(\.result.firstFailure?.evidence).first
        searchSeconds = pulls.reduce(fresh.seconds) { $0 + $1.seconds }
        let digests = digests ?? StudyDigests(pulls)
        (digest, decisionsDigest) = (digests.whole.hex, digests.decisions.hex)
        self.ledger = ledger
        commandLine = record.provenance.commandLine
        self.program = program
    }

    /// Whether it is sure of what it recommends: with a target, fresh searches have to have been there, or those it learned from.
    public var isSure: Bool { verdict.map { Self.isSure($0, confirmation) } ?? false }

    /// The same of a verdict and of what fresh searches of its arm said.
    public static func isSure(_ verdict: Verdict, _ confirmation: ConfirmationRecord?) -> Bool {
        verdict.isSure && (confirmation?.runningTime ?? verdict.runningTime)?.successes != 0
    }

    /// Whether it stopped for being sure, which its fresh searches did not bear out, so that there is more to learn.
    public var goesOn: Bool { stop == .sure && !isSure }

    /// What fresh searches said of the knee: nothing, if they never were at the target with it.
    public var confirmedKnee: KneeConfirmation? {
        confirmation.flatMap { $0.runningTime?.successes == 0 ? nil : $0.confirmation }
    }

    /// Whether the knee may lie beyond what was searched; what the goal cannot pay for does not count.
    public var kneeIsCensored: Bool {
        if let confirmedKnee { return confirmedKnee.isCensored(for: spec.goal) }
        guard let verdict else { return false }
        return verdict.knee.isCensored && spec.goal.canPay(for: 2 * spec.space.budget(level: verdict.levels - 1))
    }

    /// The learned arm or, if fresh searches of it have said where its knee is, the one with that budget. Searches that never reach
    /// the target with it have not.
    public static func recommended(_ verdict: Verdict, _ confirmation: ConfirmationRecord?, _ space: ArmSpace) -> Arm {
        guard let confirmation, confirmation.arm == verdict.arm, confirmation.runningTime?.successes != 0,
            let level = (0..<space.levels).first(where: { space.budget(level: $0) == confirmation.confirmation.median })
        else { return verdict.arm }
        return space[space.index(configuration: verdict.arm.configurationIndex, level: level)]
    }

    /// The fresh searches that a study still owes its verdict; nil if it owes none, or can make none.
    public static func confirmationPlan(
        _ verdict: Verdict, _ pulls: [Pull], _ study: StudyRecord, _ ledger: Ledger
    ) throws -> ConfirmationPlan? {
        let spec = study.spec
        guard spec.freshSearches >= KneeConfirmation.leastSearches,
            let all = try? ConfirmationPlan(verdict.arm, of: spec.space, searches: spec.freshSearches)
        else { return nil }
        let fresh = try ledger.chargedFreshSearches(of: study).evaluations
        let left = spec.leftToConfirm(learning: pulls.reduce(0) { $0 + $1.result.evaluations }, fresh: fresh)
        return try? all.limited(to: left, done: try ledger.freshSearches(of: all, in: study).count)
    }

    /// How many searches there are that confirm a verdict.
    public static func freshSearches(_ verdict: Verdict?, _ study: StudyRecord, _ ledger: Ledger) throws -> Int {
        let least = max(KneeConfirmation.leastSearches, study.spec.freshSearches)
        guard let verdict,
            let plan = try? ConfirmationPlan(verdict.arm, of: study.spec.space, searches: least)
        else { return 0 }
        return try ledger.freshSearches(of: plan, in: study).count
    }

    private static func obstacle(
        _ verdict: Verdict, _ spec: StudySpec, left: Int, done: Int
    ) -> ConfirmationPlan.Obstacle? {
        do {
            _ = try ConfirmationPlan(
                verdict.arm, of: spec.space, searches: max(KneeConfirmation.leastSearches, spec.freshSearches)
            )
            .limited(to: left, done: done)
            return nil
        } catch { return error }
    }

    private static func count(_ pulls: [Pull]) -> [(outcome: Outcome, count: Int)] {
        var counts: [Outcome: Int] = [:]
        for pull in pulls {
            for failed in pull.result.failed { counts[failed.evaluation.outcome, default: 0] += 1 }
        }
        return Outcome.allCases.compactMap { outcome in counts[outcome].map { (outcome, $0) } }
            .sorted { $0.count > $1.count }
    }
}

extension StudySpec {
    /// True if its purse or number of searches ends it; otherwise only time does.
    public var hasEnd: Bool { purse != nil || maxPulls != nil }
}
