/// How one evaluation ended. Anything but `ok` ranks worst.
public enum Outcome: String, Sendable, Codable, CaseIterable {
    case ok, undefined, failed, timedOut, unparsable, overMemory
}

/// One evaluation that came from outside.
public struct Evaluation: Sendable, Equatable {
    public let outcome: Outcome
    /// Meaningful only if `outcome` is `.ok`.
    public let value: Double
    /// What was received instead of a value.
    public let evidence: String?
    /// Wall time it took, of a request for several points its share; 0 where nobody measures.
    public var seconds = 0.0
    /// The losses of single examples that the value is made of, in the same order for every point; empty where nobody tells.
    public var losses: [Double] = []

    /// A value as it was answered: `.ok` if finite, else `.undefined`.
    ///
    /// - Parameter evidence: what else was said; kept only if the value is none.
    public init(value: Double, evidence: String? = nil) {
        outcome = value.isFinite ? .ok : .undefined
        self.value = value
        self.evidence = value.isFinite ? nil : evidence
    }

    /// - Precondition: `outcome` is not `.ok`.
    public init(_ outcome: Outcome, evidence: String) {
        precondition(outcome != .ok, "an evaluation without a value cannot be ok")
        self.outcome = outcome
        value = .nan
        self.evidence = evidence
    }

    /// False if the objective gave neither a value nor the word that there is none.
    public var isAnswered: Bool { outcome == .ok || outcome == .undefined }

    /// Neither a value that is not one nor the time it took tells evaluations apart.
    public static func == (a: Evaluation, b: Evaluation) -> Bool {
        a.outcome == b.outcome && a.evidence == b.evidence && (a.outcome != .ok || a.value == b.value)
    }

    /// The value that searches compare: anything but `.ok` is worst.
    public var ranked: Double { outcome == .ok ? value : .infinity }
}
