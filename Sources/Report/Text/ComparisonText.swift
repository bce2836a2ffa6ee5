import Inner
import Ledger
import Outer

/// A comparison for a terminal of 80 columns.
public enum ComparisonText {
    public static func render(_ report: ComparisonReport) -> String {
        var parts = [Paragraph.wrap(headline(report), margin: "")]
        parts += report.levels.map { level($0, report) }
        parts.append(key(report))
        if let learned = report.learned { parts.append(lessons(learned, report)) }
        parts += [runningTimes(report), profiles(report)]
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

    /// What the columns of a table of pairs are.
    private static func key(_ report: ComparisonReport) -> String {
        guard let comparison = report.levels.last?.comparison else { return "" }
        return Paragraph.wrap(
            "wins: blocks that the first has won, of those that are no tie, with a range that holds however often it is looked at; "
                + "one \"beats\" the other where it lies beyond a half, for all pairs at \(Numbers.percent(comparison.level)) "
                + "together. A12: probability that the first finds the lower value. Holm p: Wilcoxon's signed-rank test, adjusted. "
                + "more/as/less: probability in % that the first is better by more than a restart is worth, as good, worse.",
            margin: "")
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

    /// How many pairs are told: those of the families that rank best.
    private static let mostPairs = 15

    private static func pairs(_ comparison: FamilyComparison) -> String {
        let all = ordered(comparison)
        let rows = all.prefix(mostPairs).map { pair in
            let sequential = pair.sequential
            let decided = sequential.wins + sequential.losses
            return [
                "\(comparison.families[pair.first]) - \(comparison.families[pair.second])",
                decided > 0 ? Numbers.percent(Double(sequential.wins) / Double(decided)) : "-",
                "\(Int((100 * sequential.low).rounded()))-\(Int((100 * sequential.high).rounded())) %",
                Numbers.fixed(pair.probabilityOfLower, 2), probability(pair.probability),
                [pair.bayesian.firstIsBetter, pair.bayesian.areAlike, pair.bayesian.secondIsBetter]
                    .map { String(Int((100 * $0).rounded())) }.joined(separator: "/"),
            ]
        }
        let rest = all.count > mostPairs ? "\n(\(all.count - mostPairs) more pairs: --format json)" : ""
        return Table.fitted(["pair", "wins", "95 % range", "A12", "Holm p", "more/as/less"], rows) + rest
    }

    /// By the ranks of the first, then of the second.
    public static func ordered(_ comparison: FamilyComparison) -> [FamilyComparison.Pair] {
        let places = Dictionary(uniqueKeysWithValues: comparison.order.enumerated().map { ($1, $0) })
        return comparison.pairs.sorted {
            (places[$0.first]!, places[$0.second]!) < (places[$1.first]!, places[$1.second]!)
        }
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
        return Table.fitted(["problem", "learned", "budget", "to learn", "sure"], rows)
    }

    /// Families whose running times are told: those that rank best.
    private static let mostColumns = 6

    /// Expected running times, for every problem to the hardest target that any family has reached.
    private static func runningTimes(_ report: ComparisonReport) -> String {
        let table = RunningTimeTable(report)
        guard let runs = table.rows.first?.times.first?.runs else { return "" }
        let order = report.levels.last?.comparison?.order ?? Array(report.families.indices)
        let columns = order.prefix(mostColumns)
        let labels = withoutCommonEnds(table.rows.map(\.problem))
        let rows = zip(table.rows, labels).map { row, label in
            [label, row.target] + columns.map { time(row.times[$0]) }
        }
        let width = (Facts.width - 22) / columns.count - 2
        let names = columns.map { Table.clipped(report.families[$0], to: max(7, width)) }
        return Paragraph.wrap(
            "Expected evaluations to the hardest target that some family reaches in half of its searches, and successes of \(runs) if not all:",
            margin: "") + "\n" + Table.fitted(["problem", "target"] + names, rows, least: 6)
            + (order.count > columns.count ? "\n(\(order.count - columns.count) more families: the page)" : "")
    }

    /// What share of the targets is reached within how many evaluations.
    private static func profiles(_ report: ComparisonReport) -> String {
        guard let longest = report.runs.map(\.evaluations).max(), report.targets.contains(where: { !$0.isEmpty }) else {
            return ""
        }
        let decades = sequence(first: 10) { $0 * 10 }.prefix { $0 < longest }.suffix(5) + [longest]
        let profiles = report.families.map { family in
            RuntimeProfile(report.runs.filter { $0.family == family }, targets: report.targets)
        }
        let order = profiles.indices.sorted { profiles[$0].area(within: longest) > profiles[$1].area(within: longest) }
        let rows = order.map { family in
            [report.families[family]] + decades.map { Numbers.percent(profiles[family].share(within: $0)) }
                + [Numbers.percent(profiles[family].area(within: longest))]
        }
        let header = ["targets reached within"] + decades.map { Numbers.short(Double($0)) } + ["area"]
        return Table.fitted(header, rows, least: 22)
    }

    private static func time(_ time: ExpectedRunningTime) -> String {
        guard time.successes > 0 else { return "-" }
        return Numbers.short(time.evaluations) + (time.successes == time.runs ? "" : " \(time.successes)")
    }

    /// Labels without what all begin with, up to a slash, and all end with, from a bracket on.
    static func withoutCommonEnds(_ labels: [String]) -> [String] {
        guard labels.count > 1 else { return labels }
        let heads = Set(labels.map { $0.contains("/") ? String($0.prefix { $0 != "/" }) + "/" : "" })
        let tails = Set(
            labels.map { label in label.firstRange(of: " (").map { String(label[$0.lowerBound...]) } ?? "" })
        return labels.map { label in
            String(
                label.dropFirst(heads.count == 1 ? heads.first!.count : 0).dropLast(
                    tails.count == 1 ? tails.first!.count : 0))
        }
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
