/// The greedy soup: experts are taken into a uniform average, the best first, each if the average becomes no worse by it.
///
/// Ask for the coefficients in `next`, evaluate their mixture, and `tell` its value, until there is none: at most k - 1 times
/// after the k experts themselves. Less is better; a value that is not finite is a failure, which is never taken.
/// - SeeAlso: Wortsman et al. (2022), Model soups, arXiv:2203.05482, recipe 1
public struct GreedySoup: Sendable {
    private let experts: Int
    /// Those that are still to be tried, the best last.
    private var candidates: [Int]
    /// Experts in the soup, as they were taken.
    public private(set) var taken: [Int] = []
    /// The soup's; infinite while it is empty, so if every expert failed.
    public private(set) var value = Double.infinity

    /// - Parameter values: of the experts themselves. Of equal ones, the first is tried first.
    public init(values: [Double]) {
        experts = values.count
        candidates = values.indices.filter { values[$0].isFinite }.sorted { (values[$1], $1) < (values[$0], $0) }
        // Its average with nothing has been evaluated.
        if let best = candidates.popLast() { (taken, value) = ([best], values[best]) }
    }

    /// The mixture to evaluate next; nil if the soup is done.
    public var next: [Double]? { candidates.last.map { average(taken + [$0]) } }

    /// The value of `next`.
    ///
    /// - Precondition: there is a next one.
    public mutating func tell(_ value: Double) {
        guard let candidate = candidates.popLast() else { preconditionFailure("the soup is done, and told \(value)") }
        guard value.isFinite && value <= self.value else { return }
        taken.append(candidate)
        self.value = value
    }

    /// The soup so far; nil if every expert failed.
    public var coefficients: [Double]? { taken.isEmpty ? nil : average(taken) }

    private func average(_ members: [Int]) -> [Double] {
        members.reduce(into: Array(repeating: 0, count: experts)) { $0[$1] = 1 / Double(members.count) }
    }
}
