import Inner

/// Differential evolution, rand/1/bin: a vector competes with a + F (b - c), of which it takes each coordinate with
/// probability CR and one in any case; a, b and c are three others.
///
/// Generations are synchronous, and an equal value wins too, so that a plateau can be crossed. A coordinate that would
/// leave the box bounces back to a uniform place between that of a and the wall.
/// - Complexity: O(n d) a generation.
/// - SeeAlso: Storn & Price (1997), doi:10.1023/A:1008202821328; Price, Storn & Lampinen (2005), doi:10.1007/3-540-31306-0
///   (bounce-back)
public struct DifferentialEvolution: SearchFamily {
    public let size: Int
    /// F, the weight of a difference.
    public let weight: Double
    /// CR, the rate of crossover.
    public let crossover: Double

    /// - Precondition: `size` >= 4, 0 < `weight` <= 2, and `crossover` is a probability.
    public init(size: Int, weight: Double = 0.5, crossover: Double = 0.9) {
        precondition(size >= 4, "a vector and three others are at least 4, not \(size)")
        precondition(weight > 0 && weight <= 2, "a difference is weighted by up to 2, not \(weight)")
        precondition((0...1).contains(crossover), "a rate of crossover lies in 0 ... 1, not \(crossover)")
        (self.size, self.weight, self.crossover) = (size, weight, crossover)
    }

    public var name: String { "differentialEvolution" }
    public var isHorizonBound: Bool { false }

    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        DifferentialEvolutionSearch(self, in: box, stream: stream)
    }
}

extension SearchFamily where Self == DifferentialEvolution {
    public static func differentialEvolution(
        size: Int, weight: Double = 0.5, crossover: Double = 0.9
    ) -> DifferentialEvolution {
        DifferentialEvolution(size: size, weight: weight, crossover: crossover)
    }
}
