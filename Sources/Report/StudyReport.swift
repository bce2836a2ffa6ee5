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
    public let stop: StopReason?
    /// What made it stop, if that was the objective.
    public let outage: Outage?
    /// Two values of one point, if that was looked at.
    public let retest: SearchResult.Retest?
    /// What fresh searches said about the learned arm, if there were any.
    public let confirmation: ConfirmationRecord?
    public let pulls: Int
    public let evaluations: Int
    public let failures: Int
    /// How many of those whose evidence is kept ended how, the most frequent first.
    public let outcomes: [(outcome: Outcome, count: Int)]
    public let firstFailure: String?
    public let searchSeconds: Double
    public let digest: String
    public let decisionsDigest: String
    public let ledger: String
    /// How the program was called: what the next command begins with.
    public let program: String

    /// - Parameters:
    ///   - pulls: the study's finished pulls, in order.
    ///   - stop: why it last stopped; nil if it runs, or was killed.
    ///   - outage: what made it stop, if that was the objective.
    ///   - confirmation: what fresh searches said; told only if they were of the arm that is learned now.
    ///   - ledger: path of the ledger.
    ///   - program: how the program was called.
    /// - Throws: `SelectionError` if the study uses a plug-in that this program does not know.
    public init(
        _ record: StudyRecord, optimum: Double?, pulls: [Pull], stop: StopReason?, outage: Outage? = nil,
        confirmation: ConfirmationRecord? = nil, ledger: String, program: String = "knee"
    ) throws {
        study = record.name
        problem = record.problem.label
        self.optimum = optimum
        spec = record.spec
        verdict = try Verdict.of(record.spec, pulls)
        self.stop = stop
        self.outage = outage
        self.confirmation = confirmation?.arm == verdict?.arm ? confirmation : nil
        retest = pulls.lazy.compactMap(\.result.retest).first
        self.pulls = pulls.count
        evaluations = pulls.reduce(0) { $0 + $1.result.evaluations }
        failures = pulls.reduce(0) { $0 + $1.result.failures }
        outcomes = Self.count(pulls)
        firstFailure = pulls.lazy.compactMap(\.result.firstFailure?.evidence).first
        searchSeconds = pulls.reduce(0) { $0 + $1.seconds }
        digest = Digest.of(pulls)
        decisionsDigest = Digest.ofDecisions(pulls)
        self.ledger = ledger
        self.program = program
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
