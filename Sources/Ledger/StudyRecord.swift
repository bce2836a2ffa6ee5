import Outer
import Problems

/// A study as the ledger holds it: what decides its results, and where it came from.
public struct StudyRecord: Sendable {
    public let name: String
    public let problem: ProblemManifest
    /// With the limits of the last extension.
    public let spec: StudySpec
    public let provenance: Provenance
    private let begun: StudySpec
    private let extensions: [StudyExtension]

    /// - Parameter spec: as the study was begun.
    public init(
        name: String, problem: ProblemManifest, spec: StudySpec, provenance: Provenance,
        extensions: [StudyExtension] = []
    ) {
        self.name = name
        self.problem = problem
        self.provenance = provenance
        self.extensions = extensions
        begun = spec
        self.spec = Self.spec(spec, extensions.last)
    }

    /// The specification, limits included, by which decision `number` was made.
    public func spec(ofDecision number: Int) -> StudySpec {
        Self.spec(begun, extensions.last { $0.pulls <= number })
    }

    private static func spec(_ begun: StudySpec, _ last: StudyExtension?) -> StudySpec {
        last.map { begun.limited(purse: $0.purse, maxPulls: $0.maxPulls) } ?? begun
    }
}

/// Where and by what a study was started.
public struct Provenance: Sendable, Equatable {
    /// When, ISO 8601 in UTC.
    public let created: String
    /// The words of the command line.
    public let commandLine: [String]
    public let programVersion: String
    public let host: String

    public init(created: String, commandLine: [String], programVersion: String, host: String) {
        self.created = created
        self.commandLine = commandLine
        self.programVersion = programVersion
        self.host = host
    }
}

/// One line of a list of studies.
public struct StudySummary: Sendable, Encodable {
    public let name: String
    public let problem: String
    public let created: String
    public let pulls: Int
    public let evaluations: Int
    public let purse: Int?
    /// Why it last stopped; nil while it runs, or if it was killed.
    public let stop: StopReason?
    /// What it had learned then: the knee in evaluations, and whether that is sure.
    public let knee: Int?
    public let isSure: Bool?
    /// Whether a process works on it.
    public let isRunning: Bool
}

/// What fresh searches took.
public struct FreshSpend: Sendable, Equatable {
    public let searches: Int
    public let evaluations: Int
    /// Evaluations that had no value.
    public let failures: Int
    public let seconds: Double

    public static let none = FreshSpend(searches: 0, evaluations: 0, failures: 0, seconds: 0)

    public init(searches: Int, evaluations: Int, failures: Int, seconds: Double) {
        self.searches = searches
        self.evaluations = evaluations
        self.failures = failures
        self.seconds = seconds
    }
}

/// What fresh searches said about a learned arm.
public struct ConfirmationRecord: Sendable, Equatable, Codable {
    public let arm: Arm
    public let confirmation: KneeConfirmation
    /// How long they take to reach the target with the budget at which they have their knee, if there is one.
    public let runningTime: RunningTime?
    /// What they spent.
    public let evaluations: Int
    public let seconds: Double

    public init(
        arm: Arm, confirmation: KneeConfirmation, runningTime: RunningTime? = nil, evaluations: Int, seconds: Double
    ) {
        self.arm = arm
        self.confirmation = confirmation
        self.runningTime = runningTime
        self.evaluations = evaluations
        self.seconds = seconds
    }

    /// Whether it is of the same arm, by more searches that are no shorter.
    public func saysMore(than other: ConfirmationRecord) -> Bool {
        arm == other.arm && confirmation.searches > other.confirmation.searches
            && confirmation.budgets.count >= other.confirmation.budgets.count
    }

    /// What all searches of a plan say, in order of their numbers.
    public init(_ searches: [FreshSearch], of plan: ConfirmationPlan, in spec: StudySpec) {
        let confirmation = KneeConfirmation(searches, of: plan, in: spec)
        var time: RunningTime?
        if case .target(let value) = spec.goal {
            time = RunningTime(searches.map(\.result.trace), target: value, budget: confirmation.median)
        }
        self.init(
            arm: plan.arm, confirmation: confirmation, runningTime: time,
            evaluations: searches.reduce(0) { $0 + $1.result.evaluations },
            seconds: searches.reduce(0) { $0 + $1.seconds })
    }
}

/// A single search made with `run`, for the record.
public struct RunRecord: Sendable {
    public let study: String?
    public let problem: ProblemManifest
    public let configuration: Configuration
    public let seed: UInt64
    public let budget: Int

    public init(study: String?, problem: ProblemManifest, configuration: Configuration, seed: UInt64, budget: Int) {
        self.study = study
        self.problem = problem
        self.configuration = configuration
        self.seed = seed
        self.budget = budget
    }
}
