/// How one evaluation ended. Anything but `ok` ranks worst.
public enum Outcome: String, Sendable, Codable, CaseIterable {
    case ok, undefined, failed, timedOut, unparsable, overMemory
}

/// One evaluation that came from outside.
public struct Evaluation: Sendable, Equatable {
    public let outcome: Outcome
    /// Meaningful only if `outcome` is `.ok`.
    public let value: Double
    /// What was sent and received, where the outcome is not `.ok`.
    public let evidence: String?

    /// A value as it was answered: `.ok` if finite, else `.undefined`.
    public init(value: Double) {
        outcome = value.isFinite ? .ok : .undefined
        self.value = value
        evidence = nil
    }

    /// - Precondition: `outcome` is not `.ok`.
    public init(_ outcome: Outcome, evidence: String) {
        precondition(outcome != .ok, "an evaluation without a value cannot be ok")
        self.outcome = outcome
        value = .nan
        self.evidence = evidence
    }

    /// A value that is not one does not tell evaluations apart.
    public static func == (a: Evaluation, b: Evaluation) -> Bool {
        a.outcome == b.outcome && a.evidence == b.evidence && (a.outcome != .ok || a.value == b.value)
    }

    /// The value that searches compare: anything but `.ok` is worst.
    public var ranked: Double { outcome == .ok ? value : .infinity }
}
