import Inner
import Ledger
import Outer

/// What the charts of one study are drawn from.
public struct StudyPicture: Sendable {
    public let report: StudyReport
    let verdict: Verdict
    /// The learned arm with the budget that fresh searches confirmed.
    let arm: Arm
    let landscape: Landscape
    /// The study's searches, in order.
    let pulls: [Pull]
    /// Those that confirmed it.
    let fresh: [FreshSearch]

    /// - Parameters:
    ///   - landscape: of the study's pulls.
    ///   - pulls: the finished ones, in order.
    ///   - fresh: the searches that confirmed what was learned, if any did.
    public init(_ report: StudyReport, _ landscape: Landscape, _ pulls: [Pull], fresh: [FreshSearch] = []) {
        (self.report, self.landscape, self.pulls, self.fresh) = (report, landscape, pulls, fresh)
        verdict = landscape.verdict
        arm = report.recommended ?? landscape.verdict.arm
    }

    /// All of them, in the order they are read.
    public var charts: [Chart] {
        [
            QualityChart.draw(self), HeatChart.draw(self), FreshChart.draw(self), WorthChart.draw(self),
            PurseChart.draw(self), FactorsChart.draw(self), TiesChart.draw(self),
        ].compactMap(\.self)
    }

    /// Those of a terminal.
    public var mainCharts: [Chart] { [QualityChart.draw(self), HeatChart.draw(self)].compactMap(\.self) }

    /// That of a sweep.
    public var smallChart: Chart? { QualityChart.draw(self) }

    var knee: (budget: Int, low: Int, high: Int, isCensored: Bool) {
        if let fresh = report.confirmedKnee {
            return (fresh.median, fresh.low, fresh.high, report.kneeIsCensored)
        }
        let knee = verdict.knee
        return (knee.budget, knee.low, knee.high, report.kneeIsCensored)
    }

    /// Beside the line that marks it.
    var kneeWords: [String] {
        [
            "knee \(knee.isCensored ? "≥ " : "")\(Numbers.grouped(knee.budget))",
            "90 % range \(Numbers.short(Double(knee.low))) to \(Numbers.short(Double(knee.high)))",
        ]
    }
}

/// Scores as shares: how much of everything the study has seen is worse.
enum Quality {
    static let axisTitle = "better than this share of all results"

    /// Labelled shares within a range of scores.
    static func ticks(_ range: ClosedRange<Double>) -> [Axis.Tick] {
        let all = [
            (-3.090, "0.1 %"), (-2.326, "1 %"), (-1.645, "5 %"), (-1.036, "15 %"), (-0.524, "30 %"), (0, "50 %"),
            (0.524, "70 %"), (1.036, "85 %"), (1.645, "95 %"), (2.326, "99 %"), (3.090, "99.9 %"),
            (3.719, "99.99 %"), (4.265, "99.999 %"),
        ]
        return all.filter { range.contains($0.0) }.map { Axis.Tick($0.0, $0.1) }
    }

    /// 84 %; closer to the ends, 99.3 %
    static func words(_ score: Double) -> String {
        let share = 100 * shareBelow(score)
        let edge = min(share, 100 - share)
        return Numbers.fixed(share, edge < 0.095 ? 2 : edge < 0.95 ? 1 : 0) + " %"
    }
}
