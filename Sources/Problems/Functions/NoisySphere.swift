import Inner

/// f(x) = |x - o|^2 + N(0, 1): near the optimum the noise hides the signal.
public struct NoisySphere: PureProblem {
    public static let name = "noisy-sphere"
    public static let summary = "a sphere with noise of variance 1"
    static let number = 8

    public var name: String { Self.name }
    public var box: Box { noiseFree.box }
    /// Of the mean.
    public var optimum: Double? { 0 }
    public var isNoisy: Bool { true }
    public var optimumPoint: [Double] { noiseFree.optimumPoint }
    /// The mean of the noisy values: what a search's result is judged by.
    public let noiseFree: BenchmarkFunction<Sphere>

    /// - Precondition: `dimension` >= 1, `instance` >= 0.
    public init(dimension: Int, instance: Int = 1) {
        noiseFree = BenchmarkFunction(
            name: "sphere", number: Self.number, interval: -5...5, dimension: dimension, instance: instance)
    }

    public func makeObjective() -> Evaluator { Evaluator(mean: noiseFree.makeObjective()) }

    public struct Evaluator: Objective {
        var mean: BenchmarkObjective<Sphere>

        public mutating func evaluate(
            _ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>
        ) {
            mean.evaluate(points, seeds: seeds, into: &values)
            for row in 0..<values.count {
                var noise = seeds.stream(row).split(.noise)
                values[row] += noise.normal()
            }
        }
    }
}
