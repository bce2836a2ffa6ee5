import Foundation
import Outer

/// How large a share of the targets does a family reach within a budget? The empirical distribution of its running times.
///
/// - SeeAlso: Hansen, Auger, Brockhoff, Tusar & Tusar (2016), COCO: Performance Assessment, doi:10.48550/arXiv.1605.03560
public enum RuntimesChart {
    /// One family: evaluations until each pair of a search and a target was reached, infinite where it was not.
    public typealias Runtimes = (family: String, times: EmpiricalDistribution)

    /// Steps that are drawn of a family, at most: the curve at so many places.
    private static let places = 150

    /// - Parameter pairs: of a search and a target, of each family.
    /// - Returns: nil if no target was reached.
    public static func draw(_ families: [Runtimes], pairs: Int) -> Chart? {
        let steps = families.flatMap { [$0.times.steps.first, $0.times.steps.last].compactMap(\.self) }.map(\.value)
        guard let least = steps.min(), let most = steps.max() else { return nil }
        let axis = max(1, least / 1.5)...most * 1.5
        let ends = families.map { $0.times.share(within: most) }
        let lines = families.enumerated().map { index, family in
            Layer.lines([curve(family, over: axis)], .series(index), .smooth)
        }
        let labels = families.enumerated().map { index, family in
            Label(axis.upperBound, 100 * ends[index], family.family, .series(index))
        }
        let best = ends.indices.max { ends[$0] < ends[$1] }!
        return Chart(
            name: "runtimes",
            title: "\(families[best].family) reaches the most: \(Numbers.percent(ends[best])) of all targets",
            subtitle:
                "Share of \(Numbers.grouped(pairs)) pairs of a search and a target that a family has reached within so many "
                + "evaluations",
            x: Axis("evaluations", .logarithmic(axis)), y: Axis("targets reached, %", .linear(0...100)),
            layers: lines + [.labels(labels)],
            table: DataTable(
                ["family", "targets reached", "a quarter within", "half within", "three quarters within"],
                zip(families, ends).map { family, end in
                    [family.family, Numbers.percent(end)] + [0.25, 0.5, 0.75].map { within($0, family.times) }
                }))
    }

    /// The evaluations within which a share is reached.
    private static func within(_ share: Double, _ times: EmpiricalDistribution) -> String {
        times.steps.first { $0.share >= share }.map { Numbers.grouped(Int($0.value)) } ?? "never"
    }

    /// Up a step at every running time; of those that lie too close to be seen apart, the last.
    private static func curve(_ family: Runtimes, over axis: ClosedRange<Double>) -> [Point] {
        var points = [Point(axis.lowerBound, 0)]
        let ratio = axis.upperBound / axis.lowerBound
        let place = { (value: Double) in Int(Double(places) * log(value / axis.lowerBound) / log(ratio)) }
        let steps = family.times.steps
        for (index, step) in steps.enumerated()
        where index + 1 == steps.count || place(steps[index + 1].value) > place(step.value) {
            points.append(Point(step.value, points[points.count - 1].y))
            points.append(
                Point(
                    step.value, 100 * step.share,
                    tip:
                        "\(family.family)\n\(Numbers.fixed(100 * step.share, 1)) % within \(Numbers.grouped(Int(step.value))) evaluations"
                ))
        }
        points.append(Point(axis.upperBound, points[points.count - 1].y))
        return points
    }
}

/// Which families can be told apart by their average ranks? A critical-difference diagram: a dot a family, and a bar over the
/// ranks of those that cannot.
///
/// - SeeAlso: Demsar (2006), Statistical Comparisons of Classifiers over Multiple Data Sets, JMLR 7.
public enum RanksChart {
    /// - Parameters:
    ///   - families: with their average ranks, 1 the best.
    ///   - groups: indices of families that cannot be told apart, the largest sets of them.
    ///   - subtitle: the test, and its level.
    public static func draw(
        _ families: [(family: String, rank: Double)], groups: [[Int]], subtitle: String
    ) -> Chart? {
        guard families.count > 1 else { return nil }
        let order = families.indices.sorted { (families[$0].rank, $0) < (families[$1].rank, $1) }
        let names = order.map { families[$0].family }
        let groups = groups.filter { $0.count > 1 }.map { group in
            (low: group.map { families[$0].rank }.min()!, high: group.map { families[$0].rank }.max()!, members: group)
        }.sorted { ($0.low, $0.high) < ($1.low, $1.high) }
        let bars = groups.enumerated().map { index, group in
            Bar(
                band: names.count + index, low: group.low - 0.03, high: group.high + 0.03, ink: .faint,
                tip: "not told apart: " + group.members.map { families[$0].family }.joined(separator: ", "))
        }
        let dots = order.enumerated().map { place, index in
            Point(
                families[index].rank, Double(place),
                tip: "\(families[index].family): average rank \(Numbers.fixed(families[index].rank, 2))")
        }
        let best = names[0]
        let isAlone = !groups.contains { $0.members.contains(order[0]) }
        return Chart(
            name: "ranks",
            title: isAlone ? "\(best) ranks best" : "\(best) ranks best, but cannot be told apart from others",
            subtitle: subtitle, x: Axis("average rank, 1 is best", .linear(0.8...1.15 * Double(families.count) + 0.2)),
            y: Axis("", .bands(names + groups.map { _ in "not told apart" })),
            layers: [
                .bars(bars), .dots(dots, .belief),
                .labels(
                    dots.map { Label($0.x, $0.y, Numbers.fixed($0.x, 2), .observed) }),
            ],
            table: DataTable(
                ["family", "average rank"], order.map { [families[$0].family, Numbers.fixed(families[$0].rank, 3)] }))
    }

    /// Of a comparison, with the groups that Nemenyi's test leaves together.
    static func draw(_ comparison: FamilyComparison, at budget: String) -> Chart? {
        let units = comparison.countsProblems ? "problems" : "blocks"
        var chart = draw(
            zip(comparison.families, comparison.ranks.means).map { (family: $0, rank: $1) },
            groups: comparison.ranks.groups(within: comparison.criticalDifference),
            subtitle:
                "Average ranks over \(Numbers.grouped(comparison.units)) \(units) at \(budget); bars join what Nemenyi's test cannot "
                + "tell apart at \(Numbers.percent(comparison.level)), a difference of "
                + Numbers.fixed(comparison.criticalDifference, 2))
        // The verdict, which sees every block, may find more.
        chart?.title = "\(comparison.families[comparison.order[0]]) ranks best of \(comparison.families.count) families"
        return chart
    }
}
