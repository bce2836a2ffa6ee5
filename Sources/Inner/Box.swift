/// The box a problem is searched in: lower_j <= x_j <= upper_j.
public struct Box: Sendable, Hashable, Codable {
    public let lower: [Double]
    public let upper: [Double]

    /// Why two lists of bounds make no box.
    public enum Flaw: Error, Equatable, Sendable {
        case empty
        case lengths(lower: Int, upper: Int)
        case notFinite(coordinate: Int, lower: Double, upper: Double)
        case reversed(coordinate: Int, lower: Double, upper: Double)
    }

    /// - Throws: `Flaw`, with the first coordinate (counted from 0) that is wrong.
    public init(lower: [Double], upper: [Double]) throws(Flaw) {
        guard lower.count == upper.count else { throw .lengths(lower: lower.count, upper: upper.count) }
        guard !lower.isEmpty else { throw .empty }
        for j in lower.indices {
            guard lower[j].isFinite, upper[j].isFinite, (upper[j] - lower[j]).isFinite else {
                throw .notFinite(coordinate: j, lower: lower[j], upper: upper[j])
            }
            guard lower[j] < upper[j] else { throw .reversed(coordinate: j, lower: lower[j], upper: upper[j]) }
        }
        self.lower = lower
        self.upper = upper
    }

    /// The same interval in every coordinate.
    ///
    /// - Precondition: `dimension` >= 1 and a finite, non-empty interval.
    public init(_ interval: ClosedRange<Double>, dimension: Int) {
        precondition(dimension >= 1, "a box needs a dimension of at least 1, not \(dimension)")
        precondition(
            interval.lowerBound < interval.upperBound && (interval.upperBound - interval.lowerBound).isFinite,
            "a box needs a finite, non-empty interval, not \(interval)")
        lower = Array(repeating: interval.lowerBound, count: dimension)
        upper = Array(repeating: interval.upperBound, count: dimension)
    }

    public var dimension: Int { lower.count }

    public var centre: [Double] { zip(lower, upper).map { 0.5 * $0 + 0.5 * $1 } }

    public func contains(_ point: [Double]) -> Bool {
        point.count == dimension && point.indices.allSatisfy { lower[$0] <= point[$0] && point[$0] <= upper[$0] }
    }
}
