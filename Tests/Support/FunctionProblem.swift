import Inner

/// A problem made of a closure: the value of a point, with a seed if it is noisy.
public struct FunctionProblem: PureProblem {
    public typealias Value = @Sendable (_ point: [Double], _ seed: UInt64) -> Double

    public let name = "function"
    public let box: Box
    public let isNoisy: Bool
    public let value: Value

    public init(
        dimension: Int, in interval: ClosedRange<Double> = -5...5, isNoisy: Bool = false, value: @escaping Value
    ) {
        box = Box(interval, dimension: dimension)
        self.isNoisy = isNoisy
        self.value = value
    }

    public func makeObjective() -> Evaluator { Evaluator(problem: self) }

    public struct Evaluator: Objective {
        let problem: FunctionProblem

        public func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
            for row in 0..<values.count {
                let point = points.coordinates(row: row, dimension: problem.dimension)
                values[row] = problem.value(point, seeds.seed(row))
            }
        }
    }

    /// A rugged bowl with its least value, 0, off the centre.
    public static func rugged(dimension: Int, transform: @escaping @Sendable (Double) -> Double = { $0 })
        -> FunctionProblem
    {
        FunctionProblem(dimension: dimension) { point, _ in transform(ruggedBowl(point)) }
    }
}

/// sum of t^2 + |t - round(t)| with t = x - 1.3.
public func ruggedBowl(_ point: [Double]) -> Double {
    point.reduce(0.0) { sum, x in
        let t = x - 1.3
        return sum + t * t + (t - t.rounded()).magnitude
    }
}
