import Outer

/// What would knowing more be worth, and when was that too little to go on?
enum WorthChart {
    static func draw(_ picture: StudyPicture) -> Chart? {
        let worth = picture.landscape.worth
        guard worth.count > 1, let first = worth.first, let last = worth.last,
            first.evaluations > 0, first.evaluations < last.evaluations
        else { return nil }
        let gains = worth.map(\.gain) + [Verdict.sureness]
        // Nothing at all has no place on a logarithmic axis.
        let least = max(gains.min()!, 0.01)
        let points = worth.map { look in
            Point(
                Double(look.evaluations), max(look.gain, least),
                tip: "\(Numbers.grouped(look.evaluations)) evaluations, "
                    + "\(Numbers.counted(look.searches, "search", "searches"))\n\(Numbers.fixed(look.gain, 2)) doublings"
            )
        }
        let now = Numbers.fixed(last.gain, 2)
        return Chart(
            name: "worth",
            title: picture.verdict.isSure
                ? "Sure: knowing everything would be worth \(now) doublings of a search"
                : "Not sure yet: knowing everything would be worth \(now) doublings of a search",
            subtitle: "Expected value of perfect information after so much learning, in doublings of one search",
            x: Axis(
                "evaluations spent on learning",
                .logarithmic(Double(first.evaluations)...Double(last.evaluations))),
            y: Axis("doublings", .logarithmic(least / 1.2...max(gains.max()! * 1.2, least * 4))),
            layers: [
                .lines([points], .belief, .strong),
                .rule(Rule(.y(Verdict.sureness), .answer, ["sure at \(Numbers.fixed(Verdict.sureness, 2)) or less"])),
            ],
            table: DataTable(
                ["searches", "evaluations", "worth, doublings"],
                worth.map {
                    [Numbers.grouped($0.searches), Numbers.grouped($0.evaluations), Numbers.fixed($0.gain, 3)]
                }))
    }
}
