import Outer

/// Which settings does quality depend on?
enum FactorsChart {
    static func draw(_ picture: StudyPicture) -> Chart? {
        let factors = picture.verdict.importance
        let alone = factors.filter { $0.factor != .interplay }
        guard factors.count > 1, let first = alone.first else { return nil }
        return Chart(
            name: "factors",
            title:
                "\(ReportText.name(first.factor).capitalisedFirst) explains \(Numbers.percent(first.share)) of the differences in quality",
            subtitle:
                "Share of the variance of the posterior mean over all arms that a factor explains alone (functional "
                + "analysis of variance)",
            x: Axis("share, %", .linear(0...max(1, 100 * factors.map(\.share).max()!))),
            y: Axis("", .bands(factors.map { ReportText.name($0.factor) })),
            layers: [
                .bars(
                    factors.enumerated().map { index, factor in
                        Bar(
                            band: index, low: 0, high: 100 * factor.share,
                            ink: factor.factor == .interplay ? .faint : .belief,
                            tip: "\(ReportText.name(factor.factor)): \(Numbers.fixed(100 * factor.share, 1)) %",
                            label: Numbers.percent(factor.share))
                    })
            ],
            table: DataTable(
                ["factor", "share of variance"],
                factors.map { [ReportText.name($0.factor), "\(Numbers.fixed(100 * $0.share, 2)) %"] }))
    }
}

/// What else may be best?
enum TiesChart {
    static func draw(_ picture: StudyPicture) -> Chart? {
        let ties = picture.verdict.nearTies
        guard let first = ties.first else { return nil }
        let factors = SettingsText.factors(first.arm.configuration) + ["budget"]
        let rest = max(0, 1 - ties.reduce(0) { $0 + $1.probability })
        let label = { (tie: NearTie) in SettingsText.label(tie.arm) }
        let threshold = Numbers.percent(NearTie.threshold)
        let entries =
            ties.map { (label($0), $0.probability, $0.arm.index == picture.verdict.arm.index) }
            + [("all others, less than \(threshold) each", rest, false)]
        return Chart(
            name: "ties",
            title: ties.count == 1
                ? "One arm may be best of all, with \(Numbers.percent(first.probability))"
                : "\(ties.count) arms may be best of all, the likeliest with \(Numbers.percent(first.probability))",
            subtitle:
                "Probability that an arm (\(factors.joined(separator: ", "))) has the highest utility; the learned one, of the "
                + "highest mean utility, in red",
            x: Axis("probability, %", .linear(0...max(1, 100 * entries.map(\.1).max()!))),
            y: Axis("", .bands(entries.map(\.0))),
            layers: [
                .bars(
                    entries.enumerated().map { index, entry in
                        Bar(
                            band: index, low: 0, high: 100 * entry.1,
                            ink: entry.2 ? .answer : index < ties.count ? .belief : .faint,
                            tip: "\(entry.0): \(Numbers.fixed(100 * entry.1, 1)) %", label: Numbers.percent(entry.1))
                    })
            ],
            table: DataTable(
                ["arm", "probability of being best"], entries.map { [$0.0, "\(Numbers.fixed(100 * $0.1, 1)) %"] }))
    }
}

extension String {
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
