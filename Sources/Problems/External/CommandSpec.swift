import Inner

/// Another program as an objective: everything about it that decides values and outcomes.
public struct CommandSpec: Hashable, Sendable {
    /// The words of its command line, before anything is filled in.
    public var words: [String]
    /// A name from `ExternalProtocolCatalogue`.
    public var protocolName = "plain"
    public var box: Box
    public var isNoisy = false
    /// Points that one request may carry, where the protocol has requests of several.
    public var batch = 64
    public var limits = EvaluationLimits()
    /// How often an evaluation without an answer is tried again.
    public var retries = 0
    /// Variables that the program sees beside the usual ones: `NAME` as it is here, or `NAME=VALUE`.
    public var environment: [String] = []
    /// Where every worker gets a folder of its own to run in; nil: all run where this program does.
    public var workFolder: String?
    /// Experts whose mixtures it evaluates; nil: it evaluates points.
    public var experts: ExpertsSpec?

    public init(words: [String], box: Box) {
        self.words = words
        self.box = box
    }
}

/// What a single evaluation may take.
public struct EvaluationLimits: Hashable, Sendable, Codable {
    public var time = Time.automatic
    /// Resident memory of the program and all that it starts, in bytes; nil: no limit.
    public var memory: Int?
    /// Bytes on standard output, and as many on standard error.
    public var output = Self.standardOutput

    public init() {}

    public static let standardOutput = 64 << 20

    public enum Time: Hashable, Sendable, Codable {
        /// Once some evaluations were answered: ten times the longest of them, but no less than ten minutes.
        case automatic
        case unlimited
        case seconds(Double)
    }
}

extension CommandSpec: Codable {
    private enum Key: String, CodingKey {
        case words, protocolName, box, isNoisy, batch, limits, retries, environment, workFolder, experts
    }

    /// What an older program did not write has its usual value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        words = try container.decode([String].self, forKey: .words)
        box = try container.decode(Box.self, forKey: .box)
        protocolName = try container.decode(String.self, forKey: .protocolName)
        isNoisy = try container.decode(Bool.self, forKey: .isNoisy)
        batch = try container.decode(Int.self, forKey: .batch)
        limits = try container.decodeIfPresent(EvaluationLimits.self, forKey: .limits) ?? limits
        retries = try container.decodeIfPresent(Int.self, forKey: .retries) ?? retries
        environment = try container.decodeIfPresent([String].self, forKey: .environment) ?? environment
        workFolder = try container.decodeIfPresent(String.self, forKey: .workFolder)
        experts = try container.decodeIfPresent(ExpertsSpec.self, forKey: .experts)
    }
}

extension EvaluationLimits {
    /// True where this program can tell how much memory others hold.
    public static var canLimitMemory: Bool { canMeasureMemory }
}
