import Inner
import RealModule

/// The mean of losses of single examples, with an interval for the mean over all examples there might be.
///
/// Right or wrong, 0 or 1, has Wilson's interval, which holds for few examples and for shares near 0 too; anything else
/// Student's.
/// - SeeAlso: Wilson (1927), Probable Inference, doi:10.1080/01621459.1927.10502953
public struct MeanLoss: Sendable, Equatable {
    public let mean: Double
    public let low: Double
    public let high: Double

    /// - Parameters:
    ///   - losses: finite, at least one.
    ///   - level: the probability with which the interval holds.
    ///   - isBinary: whether they are right and wrong; nil: if they look so.
    public init(_ losses: [Double], level: Double = 0.95, isBinary: Bool? = nil) {
        precondition(!losses.isEmpty, "no losses")
        let n = Double(losses.count)
        let mean = losses.reduce(0, +) / n
        self.mean = mean
        if isBinary ?? losses.allSatisfy({ $0 == 0 || $0 == 1 }) {
            let z = -normalQuantile((1 - level) / 2)
            let middle = (mean + z * z / (2 * n)) / (1 + z * z / n)
            let half = z / (1 + z * z / n) * (mean * (1 - mean) / n + z * z / (4 * n * n)).squareRoot()
            (low, high) = (max(0, middle - half), min(1, middle + half))
        } else {
            let half = Self.half(losses, mean: mean, level: level)
            (low, high) = (mean - half, mean + half)
        }
    }

    /// Half the width of Student's interval; without end below four numbers.
    static func half(_ values: [Double], mean: Double, level: Double) -> Double {
        guard values.count >= 4 else { return .infinity }
        let n = Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
        return studentBound(freedom: values.count - 1, tails: 1 - level) * (variance / n).squareRoot()
    }
}

/// By how much the loss of one model is below that of another on the same examples, in the mean.
///
/// Two examples more, on one of which either is better by the most that was seen, keep the interval honest where few
/// examples tell them apart; of right and wrong answers they make the adjusted Wald interval of paired proportions. Losses
/// that are not right and wrong, and differ on no example, have no interval.
/// - SeeAlso: Bonett & Price (2012), doi:10.3102/1076998611411915
public struct LossDifference: Sendable, Equatable {
    /// Of the examples themselves; above 0 if the first is better.
    public let mean: Double
    public let low: Double
    public let high: Double

    /// - Parameters:
    ///   - other: the losses of the second model, example by example.
    ///   - level: the probability with which the interval holds.
    /// - Precondition: as many of each, at least two.
    public init(_ own: [Double], _ other: [Double], level: Double = 0.95) {
        precondition(own.count == other.count && own.count >= 2, "\(own.count) losses beside \(other.count)")
        let differences = zip(own, other).map { $1 - $0 }
        mean = differences.reduce(0, +) / Double(differences.count)
        let isBinary = (own + other).allSatisfy { $0 == 0 || $0 == 1 }
        let most = isBinary ? 1 : differences.map(\.magnitude).max() ?? 0
        guard most > 0 else {
            (low, high) = (-.infinity, .infinity)
            return
        }
        let adjusted = differences + [most, -most]
        let middle = adjusted.reduce(0, +) / Double(adjusted.count)
        let half = MeanLoss.half(adjusted, mean: middle, level: level)
        (low, high) = (middle - half, middle + half)
    }

    /// Whether the first is surely better, or surely worse.
    public var isBetter: Bool { low > 0 }
    public var isWorse: Bool { high < 0 }
}
