import Outer

/// Which settings were searched with, for how long, and when?
package enum PurseChart {
    /// Configurations with a row of their own; the others share one.
    static let rows = 10
    /// Finer than this nobody sees it.
    package static let mostMarks = 1200
    /// Rows of the table.
    static let mostArms = 60

    private struct Spell {
        var row: Int
        var level: Int
        var start: Int
        var end: Int
        var searches: Int
    }

    package static func draw(_ picture: StudyPicture) -> Chart? {
        let pulls = picture.pulls.filter { $0.result.evaluations > 0 }
        let space = picture.report.spec.space
        var spent: [Int: Int] = [:]
        for pull in pulls { spent[pull.decision.arm / space.levels, default: 0] += pull.result.evaluations }
        let learning = spent.values.reduce(0, +)
        guard learning > 0 else { return nil }
        let order = spent.keys.sorted { (spent[$1]!, $0) < (spent[$0]!, $1) }
        let own = Array(order.prefix(order.count > rows + 1 ? rows : rows + 1))
        let rest = order.count - own.count
        let row = Dictionary(uniqueKeysWithValues: own.enumerated().map { ($1, $0) })
        var names = own.map { SettingsText.words(space.configurations[$0]) }
        if rest > 0 { names.append("\(rest) others") }
        let freshRow = names.count
        let fresh = picture.report.fresh
        if fresh.evaluations > 0 { names.append("fresh searches") }
        let total = learning + fresh.evaluations

        let spells = spells(pulls, row, others: own.count, space, total: total)
        let top = max(1, spells.map(\.level).max() ?? 1)
        var bars = spells.map { spell in
            Bar(
                band: spell.row, low: Double(spell.start), high: Double(spell.end),
                ink: .shade(Double(spell.level) / Double(top)),
                tip: "\(names[spell.row])\n"
                    + "\(Numbers.counted(spell.searches, "search", "searches")) of up to \(Numbers.grouped(space.budget(level: spell.level))) evaluations\n"
                    + "\(Numbers.grouped(spell.start)) to \(Numbers.grouped(spell.end)) of the purse")
        }
        var totals = own.map { spent[$0]! }
        if rest > 0 { totals.append(learning - totals.reduce(0, +)) }
        if fresh.evaluations > 0 {
            totals.append(fresh.evaluations)
            bars.append(
                Bar(
                    band: freshRow, low: Double(learning), high: Double(total), ink: .answer,
                    tip: "\(Numbers.counted(fresh.searches, "fresh search", "fresh searches"))\n"
                        + "\(Numbers.grouped(fresh.evaluations)) evaluations"))
        }
        let factors = SettingsText.factors(picture.arm.configuration).joined(separator: ", ")
        let share = Numbers.percent(Double(spent[picture.arm.configurationIndex] ?? 0) / Double(learning))
        var chart = Chart(
            name: "purse",
            title: "\(share) of what learning spent went to the settings it learned",
            subtitle:
                "Every search of every setting\(factors.isEmpty ? "" : " (\(factors))"), as wide as its evaluations, in order; "
                + "at the right the share of all \(Numbers.grouped(total))",
            x: Axis("evaluations spent", .linear(0...Double(total))), y: Axis("", .bands(names)),
            layers: [
                .bars(bars),
                .labels(
                    totals.enumerated().map { index, value in
                        Label(
                            Double(total), Double(index), Numbers.percent(Double(value) / Double(total)), .observed)
                    }),
            ], table: table(pulls, space))
        chart.keyTitle = "evaluations of a search"
        chart.key = Set(spells.map(\.level)).sorted().map {
            (Numbers.short(Double(space.budget(level: $0))), .shade(Double($0) / Double(top)))
        }
        return chart
    }

    /// One a search, or, of more than can be told apart, one for all of a row that follow each other closely, by the largest
    /// budget among them.
    private static func spells(
        _ pulls: [Pull], _ row: [Int: Int], others: Int, _ space: ArmSpace, total: Int
    ) -> [Spell] {
        var clock = 0
        let each = pulls.map { pull in
            let start = clock
            clock += pull.result.evaluations
            return Spell(
                row: row[pull.decision.arm / space.levels] ?? others, level: pull.decision.arm % space.levels,
                start: start, end: clock, searches: 1)
        }
        guard each.count > mostMarks else { return each }
        let width = total * (others + 1) / mostMarks
        var open: [Int: Spell] = [:]
        var merged: [Spell] = []
        for spell in each {
            if var before = open[spell.row], spell.end - before.start <= width {
                before.end = spell.end
                before.level = max(before.level, spell.level)
                before.searches += 1
                open[spell.row] = before
            } else {
                if let before = open[spell.row] { merged.append(before) }
                open[spell.row] = spell
            }
        }
        return (merged + open.values).sorted { ($0.start, $0.row) < ($1.start, $1.row) }
    }

    private static func table(_ pulls: [Pull], _ space: ArmSpace) -> DataTable {
        var arms: [Int: (searches: Int, evaluations: Int, first: Int, last: Int)] = [:]
        for pull in pulls {
            var entry = arms[pull.decision.arm] ?? (0, 0, pull.number, pull.number)
            entry.searches += 1
            entry.evaluations += pull.result.evaluations
            entry.last = pull.number
            arms[pull.decision.arm] = entry
        }
        let order = arms.keys.sorted { (arms[$1]!.evaluations, $0) < (arms[$0]!.evaluations, $1) }
        let rows = order.prefix(mostArms).map { arm in
            let entry = arms[arm]!
            return [
                SettingsText.words(space[arm].configuration), Numbers.grouped(space[arm].iterations),
                Numbers.grouped(entry.searches), Numbers.grouped(entry.evaluations), "\(entry.first)", "\(entry.last)",
            ]
        }
        let left = order.count - rows.count
        return DataTable(
            ["settings", "iterations", "searches", "evaluations", "first search", "last search"], rows,
            note: left > 0 ? "\(Numbers.counted(left, "more arm", "more arms")) with fewer evaluations." : nil)
    }
}
