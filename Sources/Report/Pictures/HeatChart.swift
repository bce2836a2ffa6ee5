import Foundation
import Outer

/// Which swarm size for how many iterations, what is known of it, and what is only believed?
enum HeatChart {
    static func draw(_ picture: StudyPicture) -> Chart? {
        let cells = picture.landscape.cells
        var sizes: [Int] = []
        for cell in cells where sizes.last != cell.arm.configuration.swarmSize {
            sizes.append(cell.arm.configuration.swarmSize)
        }
        guard sizes.count > 1, Set(cells.map(\.arm.level)).count > 1 else { return nil }
        // The largest swarm is on top.
        sizes.reverse()
        let iterations = { (arm: Arm) in Double(arm.budget) / Double(arm.configuration.swarmSize) }
        // Budgets are an octave apart: each cell reaches half an octave to either side.
        let half = 2.0.squareRoot()
        let (least, most) = (cells.map { iterations($0.arm) }.min()!, cells.map { iterations($0.arm) }.max()!)
        let shares = cells.map { shareBelow($0.mean) }
        let (worst, best) = (shares.min()!, shares.max()!)
        let marks = zip(cells, shares).map { cell, share in
            Cell(
                band: sizes.firstIndex(of: cell.arm.configuration.swarmSize)!, low: iterations(cell.arm) / half,
                high: iterations(cell.arm) * half, value: best > worst ? (share - worst) / (best - worst) : 1,
                lines: [
                    Numbers.fixed(100 * share, 0) + "%",
                    "±\(uncertainty(cell)) n\(Numbers.short(Double(cell.searches)))",
                ],
                isHatched: cell.searches == 0, isChosen: cell.arm.index == picture.arm.index, tip: tip(cell))
        }
        let arm = picture.arm
        let columns = arm.configuration.isSwarm ? ["particles", "iterations"] : ["points", "generations"]
        return Chart(
            name: "heat",
            title: "\(finding(picture)): "
                + "\(SettingsText.size(arm.configuration) ?? "") for \(SettingsText.iterations(arm))",
            subtitle:
                "Share of all results that is worse, in % ± epistemic deviation; n searches came so far (hatched: none, "
                + "the model alone). All with \(others(arm.configuration)); framed: the verdict",
            x: Axis(columns[1], .logarithmic(least / half...most * half)),
            y: Axis(columns[0], .bands(sizes.map(Numbers.grouped))), layers: [.cells(marks)],
            table: table(cells, columns))
    }

    private static func finding(_ picture: StudyPicture) -> String {
        guard picture.report.isSure else { return "Best so far" }
        return picture.knee.isCensored ? "At least" : "Enough"
    }

    private static func others(_ configuration: Configuration) -> String {
        SettingsText.rest(configuration).joined(separator: ", ")
    }

    /// Half of what lies within a deviation of the mean, in hundredths.
    private static func uncertainty(_ cell: Landscape.Cell) -> String {
        let width = shareBelow(cell.mean + cell.deviation) - shareBelow(cell.mean - cell.deviation)
        return Numbers.fixed(50 * width, 0)
    }

    private static func tip(_ cell: Landscape.Cell) -> String {
        "\(cell.arm.configuration.swarmSize) x \(Numbers.grouped(cell.arm.iterations)) (\(Numbers.grouped(cell.arm.budget)) evaluations)\n"
            + "better than \(Quality.words(cell.mean)) of all results\nscore \(Numbers.fixed(cell.mean, 2)), "
            + "\(Numbers.fixed(cell.deviation, 2)) unknown\n"
            + Numbers.counted(cell.searches, "search came so far", "searches came so far")
    }

    private static func table(_ cells: [Landscape.Cell], _ columns: [String]) -> DataTable {
        DataTable(
            columns + ["evaluations", "better than", "score", "epistemic deviation", "searches"],
            cells.map { cell in
                [
                    Numbers.grouped(cell.arm.configuration.swarmSize), Numbers.grouped(cell.arm.iterations),
                    Numbers.grouped(cell.arm.budget), Quality.words(cell.mean), Numbers.fixed(cell.mean, 3),
                    Numbers.fixed(cell.deviation, 3), Numbers.grouped(cell.searches),
                ]
            })
    }
}
