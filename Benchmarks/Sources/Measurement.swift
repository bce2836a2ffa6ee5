import Foundation

/// Seconds that `work` takes.
func measured(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return (ContinuousClock.now - start) / .seconds(1)
}

/// Seconds that `work` takes.
func measured(_ work: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await work()
    return (ContinuousClock.now - start) / .seconds(1)
}

/// Repeated measurements of one thing.
struct Sample {
    private let sorted: [Double]

    /// - Parameter values: at least one.
    init(_ values: [Double]) { sorted = values.sorted() }

    var median: Double { quantile(0.5) }

    func quantile(_ share: Double) -> Double { sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))] }

    /// A row of a table: what, median, and 10-90 %.
    func printRow(_ what: String, unit: String, factor: Double = 1) {
        let at = { (share: Double) in quantile(share) * factor }
        print(String(format: "| %@ | %.3g %@ | %.3g - %.3g |", what, at(0.5), unit, at(0.1), at(0.9)))
    }
}
