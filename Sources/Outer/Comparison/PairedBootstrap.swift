import Inner

/// A percentile bootstrap interval of the mean of paired differences.
///
/// - SeeAlso: Efron & Tibshirani (1993), An Introduction to the Bootstrap, doi:10.1007/978-1-4899-4541-9
public struct PairedBootstrap: Sendable, Equatable {
    public let mean: Double
    public let low: Double
    public let high: Double

    /// - Parameter differences: one a pair, at least one.
    public init(
        _ differences: [Double], level: Double = 0.95, resamples: Int = 10_000, using stream: inout RandomStream
    ) {
        precondition(!differences.isEmpty, "no differences")
        mean = differences.reduce(0, +) / Double(differences.count)
        var means: [Double] = []
        for _ in 0..<resamples {
            var sum = 0.0
            for _ in differences { sum += differences[stream.index(below: differences.count)] }
            means.append(sum / Double(differences.count))
        }
        means.sort()
        let tail = (1 - level) / 2
        low = means[Int(tail * Double(resamples))]
        high = means[min(resamples - 1, Int((1 - tail) * Double(resamples)))]
    }
}
