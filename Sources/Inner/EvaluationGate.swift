/// The one place where evaluations are counted. It cannot overrun its limit.
public struct EvaluationGate: Sendable {
    public let limit: Int
    public private(set) var spent = 0

    /// - Precondition: `limit` >= 1.
    public init(limit: Int) {
        precondition(limit >= 1, "a budget needs at least one evaluation, not \(limit)")
        self.limit = limit
    }

    public var remaining: Int { limit - spent }

    /// Admits as many of `wanted` evaluations as are left, and counts them as spent.
    public mutating func admit(_ wanted: Int) -> Int {
        let admitted = min(max(wanted, 0), remaining)
        spent += admitted
        return admitted
    }
}
