import Inner
import Ledger
import Outer

/// A comparison for a terminal of 80 columns.
public enum ComparisonText {
    public static func render(_ report: ComparisonReport) -> String {
        var parts = [headline(report)]
        parts += report.levels.map { level($0, report) }
        if let learned = report.learned { parts.append(lessons(learned, report)) }
        parts.append(runningTimes(report))
        parts.append(facts(report))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// The verdict in a sentence: at the largest budget.
    public static func headline(_ report: ComparisonReport) -> String {
        guard let level = report.levels.last, let comparison = level.comparison else {
            return "\(report.name): nothing to compare yet"
        }
        return "\(report.name): at \(level.label) " + sentence(comparison)
    }

    /// `cmaes beats jade and uniformRandom; it cannot be told apart from differentialEvolution`
    public static func sentence(_ comparison: FamilyComparison) -> String {
        let order = comparison.order
        let names = { (members: [Int]) in list(members.map { comparison.families[$0] }) }
        let (best, others) = (order[0], Array(order.dropFirst()))
        let beaten = others.filter { comparison.beats(best, $0) }
        let open = others.filter { !beaten.contains($0) }
        let isAnyFound = comparison.pairs.contains { $0.sequential.finding != .undecided }
        if !isAnyFound {
            return order.count == 2
                ? "\(names(order)) cannot be told apart" : "no two of \(names(order)) can be told apart"
        }
        if open.isEmpty { return "\(comparison.families[best]) beats \(names(beaten))" }
        if beaten.isEmpty {
            return "\(comparison.families[best]) ranks best, but cannot be told apart from \(names(open))"
        }
        return "\(comparison.families[best]) beats \(names(beaten)); it cannot be told apart from \(names(open))"
    }

    private static func list(_ words: [String]) -> String {
        words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
    }

    private static func level(_ level: ComparisonReport.Level, _ report: ComparisonReport) -> String {
        guard let comparison = level.comparison else {
            return Paragraph.wrap("At \(level.label): too few blocks are complete yet.", margin: "")
        }
        let unit = comparison.countsProblems ? "problems" : "blocks"
        let head = Paragraph.wrap(
            "At \(level.label) \(sentence(comparison)). \(Numbers.grouped(comparison.blocks)) complete blocks, "
                + "ranks over \(comparison.units) \(unit): Friedman p \(probability(comparison.ranks.probability)), "
                + "critical difference \(Numbers.fixed(comparison.criticalDifference, 2)) (Nemenyi, "
                + "\(Numbers.percent(comparison.level))).",
            margin: "")
        return [head, ranks(comparison), pairs(comparison)].joined(separator: "\n\n")
    }

    private static func ranks(_ comparison: FamilyComparison) -> String {
        let groups = comparison.ranks.groups(within: comparison.criticalDifference)
        let rows = comparison.order.map { family in
            let own = groups.indices.filter { groups[$0].contains(family) }.map {
                String(UnicodeScalar(97 + UInt8($0 % 26)))
            }
            let beaten = comparison.order.count { comparison.beats(family, $0) }
            return [
                comparison.families[family], Numbers.fixed(comparison.ranks.means[family], 2), own.joined(),
                "\(beaten) of \(comparison.families.count - 1)",
            ]
        }
        return Table.render(["family", "average rank", "alike", "beats"], rows)
    }

    /// Pairs of neighbours by rank, and whatever is not as clear as day.
    private static func pairs(_ comparison: FamilyComparison) -> String {
        let rows = ordered(comparison).map { pair in
            let sequential = pair.sequential
            let decided = sequential.wins + sequential.losses
            return [
                "\(comparison.families[pair.first]) - \(comparison.families[pair.second])",
                decided > 0 ? Numbers.percent(Double(sequential.wins) / Double(decided)) : "-",
                "\(Int((100 * sequential.low).rounded()))-\(Int((100 * sequential.high).rounded()))",
                Numbers.fixed(pair.probabilityOfLower, 2), probability(pair.probability),
                [pair.bayesian.firstIsBetter, pair.bayesian.areAlike, pair.bayesian.secondIsBetter]
                    .map { String(Int((100 * $0).rounded())) }.joined(separator: "/"),
            ]
        }
        return Table.render(
            ["pair", "wins", "holds at any look", "A12", "Holm p", "better/alike/worse %"], clipped(rows))
    }

    /// By the ranks of the first, then of the second.
    public static func ordered(_ comparison: FamilyComparison) -> [FamilyComparison.Pair] {
        let places = Dictionary(uniqueKeysWithValues: comparison.order.enumerated().map { ($1, $0) })
        return comparison.pairs.sorted {
            (places[$0.first]!, places[$0.second]!) < (places[$1.first]!, places[$1.second]!)
        }
    }

    /// Names of pairs are cut where a line would be wider than a terminal.
    private static func clipped(_ rows: [[String]]) -> [[String]] {
        rows.map { row in [row[0].count > 30 ? row[0].prefix(29) + "…" : row[0]] + row.dropFirst() }
    }

    static func probability(_ value: Double) -> String {
        value < 0.0001 ? "< 0.0001" : Numbers.fixed(value, 4)
    }

    private static func lessons(_ learned: [[ComparisonLesson]], _ report: ComparisonReport) -> String {
        let rows = report.spec.problems.indices.flatMap { problem in
            report.families.indices.map { family in
                let lesson = learned[family][problem]
                return [
                    report.spec.problems[problem].label, SettingsText.label(lesson.arm),
                    Numbers.grouped(lesson.arm.budget), Numbers.short(Double(lesson.evaluations)),
                    lesson.isSure ? "yes" : "no",
                ]
            }
        }
        return Table.render(
            ["problem", "learned", "budget", "to learn", "sure"],
            rows.map { row in
                [row[0].count > 26 ? row[0].prefix(25) + "…" : row[0]] + row.dropFirst()
            })
    }

    /// Expected running times, for every problem to the hardest target that any family has reached.
    private static func runningTimes(_ report: ComparisonReport) -> String {
        let table = RunningTimeTable(report)
        guard !table.rows.isEmpty, report.families.count <= 6 else { return "" }
        let rows = table.rows.map { row in
            [row.problem.count > 22 ? row.problem.prefix(21) + "…" : row.problem, row.target]
                + row.times.map { $0.successes == 0 ? "-" : "\(Numbers.short($0.evaluations))\(share($0))" }
        }
        let names = report.families.map { $0.count > 10 ? $0.prefix(9) + "…" : $0 }
        return "Expected evaluations to the hardest target that any reached (share of successes):\n"
            + Table.render(["problem", "target"] + names, rows)
    }

    private static func share(_ time: ExpectedRunningTime) -> String {
        time.successes == time.runs ? "" : " (\(time.successes)/\(time.runs))"
    }

    private static func facts(_ report: ComparisonReport) -> String {
        var lines = [
            Facts.line(
                "searches",
                "\(Numbers.grouped(report.searches)) of \(Numbers.grouped(report.wanted)), "
                    + "\(Numbers.short(Double(report.evaluations))) evaluations, \(Numbers.duration(report.searchSeconds)) of search"
            )
        ]
        if let lessons = report.lessons {
            let words = zip(report.families, lessons).map { "\($0) \(Numbers.short(Double($1)))" }
            lines.append(Facts.line("learning", words.joined(separator: ", ") + " evaluations, beside these"))
        }
        if report.failures > 0 {
            lines.append(
                Facts.line("failed", "\(Numbers.counted(report.failures, "evaluation", "evaluations")) had no value"))
        }
        lines.append(Facts.line("ledger", report.ledger))
        lines.append(Facts.line("digest", report.digest))
        if let page = report.page { lines.append(Facts.line("page", page)) }
        return lines.joined(separator: "\n")
    }
}
