/// How large a share of the targets does a family reach within a budget? The empirical distribution of its running times.
///
/// - SeeAlso: Hansen, Auger, Brockhoff, Tusar & Tusar (2016), COCO: Performance Assessment, doi:10.48550/arXiv.1605.03560
public enum RuntimesChart {
    /// One family: evaluations until each target was reached, nil where it was not.
    public typealias Runtimes = (family: String, evaluations: [Int?])

    /// - Precondition: every family has the same number of targets, at least one, and some target was reached.
    public static func draw(_ families: [Runtimes]) -> Chart? {
        let reached = families.flatMap { $0.evaluations.compactMap(\.self) }
        guard let targets = families.first?.evaluations.count, targets > 0, let least = reached.min(),
            let most = reached.max()
        else { return nil }
        precondition(families.allSatisfy { $0.evaluations.count == targets }, "every family has all targets")
        let axis = max(1, Double(least) / 1.5)...Double(most) * 1.5
        let ranked = families.enumerated().map { index, family in
            (family: family, ink: Ink.series(index), share: share(family, within: most))
        }
        let layers: [Layer] =
            ranked.map { .lines([steps($0.family, from: axis.lowerBound, to: axis.upperBound)], $0.ink, .smooth) }
            + [.labels(ranked.map { Label(axis.upperBound, 100 * $0.share, $0.family.family, $0.ink) })]
        let best = ranked.max { $0.share < $1.share }!
        return Chart(
            name: "runtimes",
            title:
                "\(best.family.family) reaches the most: \(Numbers.percent(best.share)) of \(Numbers.grouped(targets)) targets",
            subtitle:
                "Share of the pairs of a problem and a target that a family has reached within so many evaluations",
            x: Axis("evaluations", .logarithmic(axis)), y: Axis("targets reached, %", .linear(0...100)),
            layers: layers,
            table: DataTable(
                ["family", "targets reached", "median evaluations of those"],
                families.map { family in
                    let times = family.evaluations.compactMap(\.self).sorted()
                    return [
                        family.family, "\(times.count) of \(targets)",
                        times.isEmpty ? "none" : Numbers.grouped(times[(times.count - 1) / 2]),
                    ]
                }))
    }

    private static func share(_ family: Runtimes, within evaluations: Int) -> Double {
        Double(family.evaluations.count { $0.map { $0 <= evaluations } ?? false }) / Double(family.evaluations.count)
    }

    /// Up a step at every running time.
    private static func steps(_ family: Runtimes, from start: Double, to end: Double) -> [Point] {
        let count = Double(family.evaluations.count)
        var points = [Point(start, 0)]
        for (index, time) in family.evaluations.compactMap(\.self).sorted().enumerated() {
            let height = 100 * Double(index + 1) / count
            points.append(Point(Double(time), points[points.count - 1].y))
            points.append(
                Point(
                    Double(time), height,
                    tip: "\(family.family)\n\(Numbers.fixed(height, 1)) % within \(Numbers.grouped(time)) evaluations"))
        }
        points.append(Point(end, points[points.count - 1].y))
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
            subtitle: subtitle, x: Axis("average rank, 1 is best", .linear(0.8...Double(families.count) + 0.2)),
            y: Axis("", .bands(names + groups.map { _ in "not told apart" })),
            layers: [
                .bars(bars), .dots(dots, .belief),
                .labels(
                    dots.map { Label($0.x, $0.y, Numbers.fixed($0.x, 2), .observed) }),
            ],
            table: DataTable(
                ["family", "average rank"], order.map { [families[$0].family, Numbers.fixed(families[$0].rank, 3)] }))
    }
}
