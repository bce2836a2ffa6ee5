import Inner

/// A test function's formula: what is left when box, shift and rotation are taken away.
public protocol BenchmarkFormula: Sendable {
    static var name: String { get }
    /// One line for people.
    static var summary: String { get }
    /// Names the function's random numbers. Part of every recorded study: never renumber.
    static var number: Int { get }
    /// The box, the same in every coordinate.
    static var interval: ClosedRange<Double> { get }
    static var leastDimension: Int { get }
    /// Every coordinate of the minimiser; the least value is 0.
    static var minimiser: Double { get }
    /// f(z), z of at least `leastDimension` coordinates.   - Complexity: O(d), no allocation.
    static func value(_ z: Span<Double>) -> Double
}

extension BenchmarkFormula {
    public static var leastDimension: Int { 1 }
    public static var minimiser: Double { 0 }
}

/// A test function of any dimension: f(R (x - o) + m), with m the formula's minimiser.
///
/// Instance 0 is the textbook's function, f(x). Every other instance has its own optimum o, uniform in the middle 80 % of the
/// box, and its own rotation R, so that nothing is learned from a minimiser at the centre or along the axes.
public struct BenchmarkFunction<Formula: BenchmarkFormula>: PureProblem {
    public let name: String
    public let box: Box
    public let instance: Int
    public var optimum: Double? { 0 }
    /// Where the least value is taken.
    public let optimumPoint: [Double]
    let transform: Transform

    /// - Precondition: `dimension` >= `Formula.leastDimension`, `instance` >= 0.
    public init(dimension: Int, instance: Int = 1) {
        self.init(
            name: Formula.name, number: Formula.number, interval: Formula.interval, dimension: dimension,
            instance: instance)
    }

    init(name: String, number: Int, interval: ClosedRange<Double>, dimension: Int, instance: Int) {
        precondition(
            dimension >= Formula.leastDimension && instance >= 0, "no \(name) of dimension \(dimension), instance \(instance)")
        self.name = name
        self.instance = instance
        box = Box(interval, dimension: dimension)
        guard instance > 0 else {
            optimumPoint = Array(repeating: Formula.minimiser, count: dimension)
            transform = Transform(dimension: dimension)
            return
        }
        let stream = RandomStream(seed: UInt64(instance)).split(.instance, number)
        var place = stream.split(.instance, 0)
        let width = interval.upperBound - interval.lowerBound
        optimumPoint = (0..<dimension).map { _ in interval.lowerBound + width * (0.1 + 0.8 * place.uniform()) }
        transform = Transform(from: optimumPoint, to: Formula.minimiser, stream: stream.split(.instance, 1))
    }

    public func makeObjective() -> BenchmarkObjective<Formula> { BenchmarkObjective(transform) }
}

/// Transforms each point into scratch space and applies the formula.
public struct BenchmarkObjective<Formula: BenchmarkFormula>: Objective {
    private let transform: Transform
    private var scratch: [Lanes]

    init(_ transform: Transform) {
        self.transform = transform
        scratch = Array(repeating: .zero, count: blockCount(transform.dimension))
    }

    public mutating func evaluate(
        _ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>
    ) {
        let transform = self.transform
        scratch.withUnsafeMutableBufferPointer { scratch in
            for row in 0..<values.count {
                var z = scratch.mutableSpan
                transform.apply(points, row: row, into: &z)
                values[row] = UnsafeRawBufferPointer(scratch).withMemoryRebound(to: Double.self) {
                    Formula.value($0.extracting(..<transform.dimension).span)
                }
            }
        }
    }
}
