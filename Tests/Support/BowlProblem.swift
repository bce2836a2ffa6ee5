import Inner

/// A smooth bowl, sum of (x - 0.3)^2, that is evaluated without allocating.
public struct BowlProblem: PureProblem {
    public let name = "bowl"
    public let box: Box
    private let centre: [Lanes]

    public init(dimension: Int) {
        box = Box(-5...5, dimension: dimension)
        centre = paddedRow(Array(repeating: 0.3, count: dimension))
    }

    public func makeObjective() -> Evaluator { Evaluator(centre: centre) }

    public struct Evaluator: Objective {
        let centre: [Lanes]

        public func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
            let blocks = centre.count
            for row in 0..<values.count {
                var sum = 0.0
                for block in 0..<blocks {
                    for lane in 0..<8 {
                        let distance = points[row * blocks + block][lane] - centre[block][lane]
                        sum += distance * distance
                    }
                }
                values[row] = sum
            }
        }
    }
}
