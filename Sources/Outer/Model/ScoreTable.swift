/// Mean normal scores of searches on other problems: a row of octaves for every combination of levels of some factors.
struct ScoreTable: Sendable {
    /// How much each level of a factor counts, and which it is.
    typealias Weights = [(level: Int, weight: Double)]

    let octaves: Int
    /// Levels of the factors, the first of which changes slowest.
    let levels: [Int]
    /// In hundredths, the octaves of a row side by side.
    let hundredths: [Int16]

    /// The mean row by the weights of every factor.
    func row(_ weights: [Weights]) -> [Double] {
        precondition(weights.count == levels.count, "weights of \(weights.count) of \(levels.count) factors")
        var rows: ScoreTable.Weights = [(0, 1)]
        for (factor, own) in zip(levels, weights) {
            rows = rows.flatMap { row in own.map { (row.level * factor + $0.level, row.weight * $0.weight) } }
        }
        return (0..<octaves).map { octave in
            rows.reduce(0) { $0 + $1.weight * Double(hundredths[$1.level * octaves + octave]) / 100 }
        }
    }

    /// Linear interpolation between rising knots; the nearest one beyond them.
    static func weights(at x: Double, among knots: [Double]) -> Weights {
        guard let above = knots.firstIndex(where: { $0 >= x }) else { return [(knots.count - 1, 1)] }
        guard above > 0, knots[above] > x else { return [(above, 1)] }
        let share = (x - knots[above - 1]) / (knots[above] - knots[above - 1])
        return [(above - 1, 1 - share), (above, share)]
    }

    /// All levels alike.
    static func even(_ count: Int) -> Weights { (0..<count).map { ($0, 1 / Double(count)) } }
}
