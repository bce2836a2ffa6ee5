import Inner

/// f(x) = sum z_j^2 + N(0, 1),  z = R (x - o): another value at every evaluation.
///
/// - SeeAlso: Hansen, Niederberger, Guzzella & Koumoutsakos (2009), doi:10.1109/TEVC.2008.924423 (additive noise)
public struct NoisySphere: BenchmarkFunction {
    public let name = "noisy-sphere"
    public let isNoisy = true
    /// The same function without its noise: what a point is truly worth.
    public let noiseFree: Sphere

    public init(dimension: Int, instance: Int) {
        let box = Box(-5...5, dimension: dimension)
        let transform = Transform(number: 8, instance: instance, in: box)
        noiseFree = Sphere("noise-free-sphere", box: box, transform: transform)
    }

    public var box: Box { noiseFree.box }
    public var optimumPoint: [Double] { noiseFree.optimumPoint }

    public func makeObjective() -> some Objective { NoisyObjective(noiseFree: noiseFree.makeObjective()) }
}

/// Adds N(0, 1) from the evaluation's own stream.
struct NoisyObjective<NoiseFree: Objective>: Objective {
    var noiseFree: NoiseFree

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        noiseFree.evaluate(points, seeds: seeds, into: &values)
        for row in values.indices {
            var noise = seeds.stream(row).split(.noise)
            values[row] += noise.normal()
        }
    }
}
