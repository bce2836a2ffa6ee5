import Outer

/// What other ways to learn would have spent, by the ratios of the replay laboratory: of stored searches of eighteen other
/// problems, not of the study at hand.
///
/// Evaluations to a mean normalised regret of 20 % over those of Thompson sampling, the same model recommending, the price
/// known: 587 thousand for uniform random launches, and racing not there after 3.2 million (ten replays), over 123 thousand
/// (forty; ten say 87; `make bench-learning FULL=--full`, Benchmarks/RESULTS.md).
struct ReplayFigures: Encodable {
    /// Every setting as often as a verdict is confirmed, to the largest budget tried: counted, not replayed.
    let grid: Int
    let settings: Int
    let largestBudget: Int
    /// About as many for random search, and more than so many for racing; nil where nothing alike was replayed.
    let randomSearch: Int?
    let moreThanForRacing: Int?

    private static let randomRatio = 4.8
    private static let racingRatio = 26.0
    /// Of the 192 that were replayed: a space of few settings is another matter.
    private static let leastSettings = 96

    init(_ verdict: Verdict, _ spec: StudySpec, learning: Int) {
        settings = spec.space.configurations.count
        largestBudget = spec.space.budget(level: verdict.levels - 1)
        grid = settings * largestBudget * StudyDefaults.freshSearches
        let isReplayed = spec.policy == "thompson" && spec.goal == .price(1) && settings >= Self.leastSettings
        randomSearch = isReplayed ? Self.rounded(Self.randomRatio * Double(learning)) : nil
        moreThanForRacing = isReplayed ? Self.rounded(Self.racingRatio * Double(learning)) : nil
    }

    /// Two digits: the ratios have no more.
    private static func rounded(_ number: Double) -> Int {
        var unit = 1
        while number >= 100 * Double(unit) { unit *= 10 }
        return Int((number / Double(unit)).rounded()) * unit
    }

    var lines: [String] {
        var lines = [
            Facts.line(
                "instead",
                "a grid, \(StudyDefaults.freshSearches) searches of \(Numbers.grouped(largestBudget)) a setting: "
                    + "\(Numbers.grouped(grid)) evaluations")
        ]
        if let randomSearch, let moreThanForRacing {
            lines += [
                Facts.line(
                    "",
                    "random search about \(Numbers.grouped(randomSearch)), racing more than "
                        + Numbers.grouped(moreThanForRacing)),
                Facts.line("", "(ratios of replays on other problems)"),
            ]
        }
        return lines
    }
}
