import Ledger
import Outer

/// Everything a report says about one study: a pure function of what the ledger holds.
public struct StudyReport: Sendable {
    public let study: String
    public let problem: String
    public let optimum: Double?
    public let spec: StudySpec
    public let verdict: Verdict?
    public let stop: StopReason?
    public let pulls: Int
    public let evaluations: Int
    public let failures: Int
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
    ///   - ledger: path of the ledger.
    ///   - program: how the program was called.
    /// - Throws: `SelectionError` if the study uses a plug-in that this program does not know.
    public init(
        _ record: StudyRecord, optimum: Double?, pulls: [Pull], stop: StopReason?, ledger: String,
        program: String = "knee"
    ) throws {
        study = record.name
        problem = record.problem.label
        self.optimum = optimum
        spec = record.spec
        verdict = try Verdict.of(record.spec, pulls)
        self.stop = stop
        self.pulls = pulls.count
        evaluations = pulls.reduce(0) { $0 + $1.result.evaluations }
        failures = pulls.reduce(0) { $0 + $1.result.failures }
        firstFailure = pulls.lazy.compactMap(\.result.firstFailure?.evidence).first
        searchSeconds = pulls.reduce(0) { $0 + $1.seconds }
        digest = Digest.of(pulls)
        decisionsDigest = Digest.ofDecisions(pulls)
        self.ledger = ledger
        self.program = program
    }
}

extension StudySpec {
    /// True if its purse or number of searches ends it; otherwise only time does.
    public var hasEnd: Bool { purse != nil || maxPulls != nil }
}
