import Outer

/// How good is a search of so many evaluations with the learned settings, and from where on does more not pay?
package enum QualityChart {
    /// The factor of a standard deviation that 90 and 50 % of a normal distribution lie within.
    static let bands = [1.645, 0.674]
    /// More traces than these would be one grey area.
    package static let mostTraces = 60

    package static func draw(_ picture: StudyPicture) -> Chart? {
        let cells = picture.landscape.cells.filter { $0.arm.configurationIndex == picture.arm.configurationIndex }
        // One budget makes no curve.
        guard cells.count > 1, let first = cells.first, let last = cells.last else { return nil }
        let traces = sample(picture.landscape.traces)
        let widest: Double = bands[0]
        let believed: [Double] = cells.flatMap { cell -> [Double] in
            let width = widest * cell.deviation
            return [cell.mean - width, cell.mean + width]
        }
        let observed: [Double] = traces.flatMap { trace -> [Double] in
            trace.points.filter { $0.evaluations >= first.arm.budget }.map(\.score)
        }
        let scores: [Double] = believed + observed
        let range = (scores.min()! - 0.15)...(scores.max()! + 0.15)
        let curve = cells.map { Point(Double($0.arm.budget), $0.mean, tip: tip($0)) }
        let intervals = bands.map { width in
            cells.map {
                Interval(Double($0.arm.budget), $0.mean - width * $0.deviation, $0.mean + width * $0.deviation)
            }
        }
        let knee = picture.knee
        return Chart(
            name: "quality", title: title(picture),
            subtitle:
                "Posterior mean of \(SettingsText.words(picture.arm.configuration)) with 50 and 90 % credible bands; "
                + seen(traces.count, of: picture.landscape.traces.count),
            x: Axis(
                "evaluations of one search", .logarithmic(Double(first.arm.budget)...Double(last.arm.budget))),
            y: Axis(Quality.axisTitle, .linear(range), ticks: Quality.ticks(range)),
            layers: [
                .strip(low: Double(knee.low), high: Double(knee.high), .answer),
                .lines(traces.map { $0.points.map { Point(Double($0.evaluations), $0.score) } }, .observed, .thin),
                .area(intervals[0], .belief), .area(intervals[1], .belief),
                .lines([curve], .belief, .strong),
                .rule(Rule(.x(Double(knee.budget)), .answer, picture.kneeWords)),
            ],
            table: table(cells))
    }

    private static func title(_ picture: StudyPicture) -> String {
        let budget = Numbers.grouped(picture.knee.budget)
        if picture.report.confirmation?.runningTime?.successes == 0 {
            return "No fresh search has reached the target with \(budget) evaluations"
        }
        if picture.knee.isCensored { return "Up to \(budget) evaluations, more search pays" }
        return picture.report.isSure
            ? "Beyond \(budget) evaluations more search does not pay"
            : "So far, more search seems to stop paying at \(budget) evaluations"
    }

    private static func seen(_ drawn: Int, of all: Int) -> String {
        switch all {
        case 0: "none of its searches was made"
        case 1: "the thin line is its one search"
        case drawn: "thin lines are its \(Numbers.grouped(all)) searches"
        default:
            "thin lines are \(Numbers.grouped(drawn)) of its \(Numbers.grouped(all)) searches, best and worst among them"
        }
    }

    private static func tip(_ cell: Landscape.Cell) -> String {
        "\(Numbers.grouped(cell.arm.budget)) evaluations\nbetter than \(Quality.words(cell.mean)) of all results\n90 %: "
            + "\(Quality.words(cell.mean - bands[0] * cell.deviation)) to "
            + "\(Quality.words(cell.mean + bands[0] * cell.deviation))\n"
            + Numbers.counted(cell.searches, "search came so far", "searches came so far")
    }

    private static func table(_ cells: [Landscape.Cell]) -> DataTable {
        DataTable(
            ["evaluations", "iterations", "better than", "5 %", "95 %", "score", "epistemic deviation", "searches"],
            cells.map { cell in
                [
                    Numbers.grouped(cell.arm.budget), Numbers.grouped(cell.arm.iterations), Quality.words(cell.mean),
                    Quality.words(cell.mean - bands[0] * cell.deviation),
                    Quality.words(cell.mean + bands[0] * cell.deviation), Numbers.fixed(cell.mean, 3),
                    Numbers.fixed(cell.deviation, 3), Numbers.grouped(cell.searches),
                ]
            })
    }

    /// Evenly among all by how they end, the best and the worst included.
    package static func sample(_ traces: [Landscape.ScoredTrace]) -> [Landscape.ScoredTrace] {
        guard traces.count > mostTraces else { return traces }
        let ends = traces.map { $0.points.last?.score ?? 0 }
        let order = traces.indices.sorted { (ends[$0], $0) < (ends[$1], $1) }
        return (0..<mostTraces).map { traces[order[$0 * (traces.count - 1) / (mostTraces - 1)]] }
    }
}
