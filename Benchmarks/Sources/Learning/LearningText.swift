import Foundation
import Inner
import Outer

/// The table of a replay as Markdown.
struct LearningText {
    let spending: [Double]
    let resamples: Int

    static let regrets = [0.3, 0.2, 0.1, 0.05]
    /// Evaluations of a least budget in ten dimensions.
    static let evaluations = 625.0

    /// - Parameter ways: at least one; the first is what the others are compared with.
    func table(_ ways: [RegretCurves]) -> String {
        var chance = RandomStream(seed: 11)
        let draws = RegretCurves.resamples(of: ways[0].curves.count, times: resamples, using: &chance)
        var lines = [
            "| policy | 30 % | 20 % | 10 % | 5 % | regret at the end | more than \(ways[0].name) |",
            "|---|---|---|---|---|---|---|",
        ]
        for way in ways {
            let spendings = way.spendings(to: Self.regrets, spending, resamples: draws).map(text)
            let end = way.ends.reduce(0, +) / Double(way.ends.count)
            var own = RandomStream(seed: 12)
            let more = PairedBootstrap(zip(way.ends, ways[0].ends).map { $0 - $1 }, using: &own)
            let difference =
                way.name == ways[0].name ? "" : String(format: "%.3f [%.3f, %.3f]", more.mean, more.low, more.high)
            let columns = [way.name] + spendings + [String(format: "%.3f", end), difference]
            lines.append("| " + columns.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func text(_ value: (at: Double, low: Double, high: Double)) -> String {
        guard value.at.isFinite else {
            return value.low.isFinite ? "never [\(Self.count(value.low)), never]" : "never"
        }
        return "\(Self.count(value.at)) [\(Self.count(value.low)), \(Self.count(value.high))]"
    }

    /// Evaluations in ten dimensions: 108k, 2.7M.
    static func count(_ spending: Double) -> String {
        guard spending.isFinite else { return "never" }
        let evaluations = spending * Self.evaluations
        return evaluations < 1e6
            ? String(format: "%.0fk", evaluations / 1e3) : String(format: "%.1fM", evaluations / 1e6)
    }
}
