import Inner
import Outer

/// What do searches find that nothing was chosen by, in the units of the objective?
enum FreshChart {
    static func draw(_ picture: StudyPicture) -> Chart? {
        guard let confirmation = picture.report.confirmation?.confirmation, !picture.fresh.isEmpty else { return nil }
        let budgets = confirmation.budgets
        let curve = zip(budgets, confirmation.medians).compactMap { budget, median in
            median.map {
                Point(
                    Double(budget), $0,
                    tip: "\(Numbers.grouped(budget)) evaluations\nmedian best \(Numbers.significant($0))")
            }
        }
        let traces = picture.fresh.map { search in
            search.result.trace.checkpoints.filter { $0.best.isFinite && $0.evaluations >= budgets[0] }
                .map { Point(Double($0.evaluations), $0.best) }
        }.filter { !$0.isEmpty }
        let values = (traces + [curve]).flatMap { $0.map(\.y) }
        guard curve.count > 1, let least = values.min(), let most = values.max() else { return nil }
        let knee = picture.knee
        let searches = Numbers.counted(picture.fresh.count, "fresh search", "fresh searches")
        return Chart(
            name: "fresh", title: title(confirmation, picture.arm, budgets),
            subtitle:
                "Best value so far of \(searches), which nothing was chosen by, and their median; lower is better",
            x: Axis(
                "evaluations of one search",
                .logarithmic(Double(budgets[0])...Double(budgets[budgets.count - 1]))),
            y: Axis("best value of the objective", range(least, most)),
            layers: [
                .strip(low: Double(knee.low), high: Double(knee.high), .answer),
                .lines(traces, .observed, .thin), .lines([curve], .belief, .strong),
                .rule(Rule(.x(Double(knee.budget)), .answer, picture.kneeWords, isLabelledAtTop: true)),
            ],
            table: DataTable(
                ["evaluations", "median best value", "pairs in which twice that ends better"],
                budgets.indices.map { index in
                    [
                        Numbers.grouped(budgets[index]),
                        confirmation.medians[index].map(Numbers.significant) ?? "none",
                        confirmation.doublingWins.indices.contains(index)
                            ? Numbers.percent(confirmation.doublingWins[index]) : "not tried",
                    ]
                }))
    }

    private static func title(_ confirmation: KneeConfirmation, _ arm: Arm, _ budgets: [Int]) -> String {
        let budget = Numbers.grouped(arm.budget)
        guard let level = budgets.firstIndex(of: arm.budget), let median = confirmation.medians[level] else {
            return "What fresh searches find after \(budget) evaluations is not defined"
        }
        return "Fresh searches end at \(Numbers.significant(median)) after \(budget) evaluations, in the median"
    }

    /// Logarithmic where values are positive and differ by more than a few times.
    private static func range(_ least: Double, _ most: Double) -> Axis.Kind {
        if least > 0, most > 5 * least { return .logarithmic(least / 1.15...most * 1.15) }
        let margin = most > least ? 0.06 * (most - least) : max(abs(most), 1e-9)
        return .linear(least - margin...most + margin)
    }
}
