import Inner

/// The regrets of one way to learn, on a set of problems: one curve a problem and replay.
struct RegretCurves: Sendable {
    let name: String
    /// In the same order for all ways that are compared.
    let curves: [[Double]]

    var mean: [Double] { mean(of: Array(curves.indices)) }
    var ends: [Double] { curves.map { $0[$0.count - 1] } }

    func mean(of chosen: [Int]) -> [Double] {
        var sum = [Double](repeating: 0, count: curves[0].count)
        for index in chosen {
            for (place, regret) in curves[index].enumerated() { sum[place] += regret }
        }
        return sum.map { $0 / Double(chosen.count) }
    }

    /// The first spending after which a curve is at or below `regret`; infinite if none is.
    static func spending(to regret: Double, _ curve: [Double], _ spending: [Double]) -> Double {
        curve.firstIndex { $0 <= regret }.map { spending[$0] } ?? .infinity
    }

    /// Curves drawn with replacement, the same draws for all that are compared.
    static func resamples(of count: Int, times: Int, using stream: inout RandomStream) -> [[Int]] {
        (0..<times).map { _ in (0..<count).map { _ in stream.index(below: count) } }
    }

    /// Spending to each regret with its 95 % bootstrap interval over problems x replays.
    func spendings(to regrets: [Double], _ spending: [Double], resamples: [[Int]]) -> [(
        at: Double, low: Double, high: Double
    )] {
        let means = resamples.map(mean)
        return regrets.map { regret in
            let sorted = means.map { Self.spending(to: regret, $0, spending) }.sorted()
            return (
                Self.spending(to: regret, mean, spending), sorted[sorted.count * 25 / 1000],
                sorted[min(sorted.count - 1, sorted.count * 975 / 1000)]
            )
        }
    }
}
