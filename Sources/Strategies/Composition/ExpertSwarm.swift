import Inner

/// A swarm of models: a particle is a mixture of k experts, and moves as Model Swarms does.
///
/// v <- (w_v v + w_p (p - x) + w_g (g - x) + w_w (x - worst)) / C,   x <- x + lambda v,
/// w_v = r_v phi_v, w_p = r_p phi_p, ..., C = w_v + w_p + w_g + w_w,   r ~ U[0,1), four a particle and iteration;
/// p is a particle's best, g the swarm's, and `worst` the worst of all that were ever evaluated.
///
/// The factors are scalars, so that a particle stays in the affine hull of the experts, whatever the size of the models: its
/// point is k coefficients that add up to 1, and expert j is the j-th unit vector. A step that leaves the box of coefficients
/// ends at the wall.
///
/// The experts are the first particles, mixtures of two of them the others. The first velocity leads to another particle. A
/// particle whose best is old returns there and stands still before it moves on. Its authors end a search for want of a better
/// g. Here a budget ends it, and how much is enough is learned; with a `patience`, a fresh swarm of new mixtures begins where
/// theirs ends, which shares nothing but `worst`.
/// - Complexity: O(n k) an iteration.
/// - SeeAlso: Feng et al. (2025), Model Swarms, arXiv:2410.11163
public struct ExpertSwarm: SearchFamily {
    /// Particles. With fewer than there are experts, these are drawn from them.
    public let size: Int
    public let weights: Weights
    public let steps: Steps
    public let mixtures: Mixtures
    /// c_r: iterations, beginning with that of p, after which a particle returns there before every move until there is a
    /// better one. Its authors have two thirds of the patience.
    public let restart: Int
    /// Iterations, beginning with that of g, after which a fresh swarm begins; nil for never.
    public let patience: Int?
    public let skips: Skips

    /// phi_v, phi_p, phi_g and phi_w; its authors draw them from .1 ... .3, .1 ... .5, .2 ... .6 and .01 ... .1.
    public struct Weights: Sendable, Hashable {
        public let inertia: Double
        public let cognitive: Double
        public let social: Double
        public let repulsion: Double

        /// - Precondition: none is negative, and one is positive.
        public init(inertia: Double = 0.2, cognitive: Double = 0.3, social: Double = 0.4, repulsion: Double = 0.05) {
            let all = [inertia, cognitive, social, repulsion]
            precondition(all.allSatisfy { $0 >= 0 && $0.isFinite }, "weights are not negative, unlike one of \(all)")
            precondition(all.contains { $0 > 0 }, "a swarm without weights cannot move")
            (self.inertia, self.cognitive, self.social, self.repulsion) = (inertia, cognitive, social, repulsion)
        }
    }

    /// lambda: the first, by how much every iteration shortens it, and the least; its authors begin with .5 ... 1.
    public struct Steps: Sendable, Hashable {
        public let first: Double
        public let decay: Double
        public let least: Double

        /// - Precondition: 0 < `least` <= `first`, 0 < `decay` <= 1.
        public init(first: Double = 0.7, decay: Double = 0.95, least: Double = 0.1) {
            precondition(least > 0 && least <= first && first.isFinite, "steps shorten from \(first) to \(least)?")
            precondition(decay > 0 && decay <= 1, "steps shorten by a factor up to 1, not \(decay)")
            (self.first, self.decay, self.least) = (first, decay, least)
        }
    }

    /// How particles are made of two parents: t a + (1 - t) b.
    public enum Mixtures: Sendable, Hashable {
        /// Between two experts, t ~ U[0,1), as the paper has it.
        case interpolated
        /// On the line through two experts or earlier mixtures, t ~ U[0,2), as its authors' program has it.
        case extrapolated
    }

    /// Evaluations that are left out: particles move unseen, and are not better than they were.
    public struct Skips: Sendable, Hashable {
        /// The probability that nobody is evaluated in an iteration, and that a particle is not.
        public let iterations: Double
        public let particles: Double

        /// - Precondition: both lie in 0 ... 0.99.
        public init(iterations: Double = 0, particles: Double = 0) {
            for rate in [iterations, particles] {
                precondition((0...0.99).contains(rate), "evaluations are skipped at a rate of 0 ... 0.99, not \(rate)")
            }
            (self.iterations, self.particles) = (iterations, particles)
        }
    }

    /// - Precondition: `size`, `restart` and `patience` are at least 1.
    public init(
        size: Int = 20, weights: Weights = Weights(), steps: Steps = Steps(), mixtures: Mixtures = .interpolated,
        restart: Int = 7, patience: Int? = nil, skips: Skips = Skips()
    ) {
        precondition(size >= 1, "a swarm needs at least one particle, not \(size)")
        precondition(restart >= 1, "a particle restarts after at least 1 iteration, not \(restart)")
        precondition(patience.map { $0 >= 1 } ?? true, "patience lasts for at least 1 iteration, not \(patience ?? 0)")
        (self.size, self.weights, self.steps, self.mixtures) = (size, weights, steps, mixtures)
        (self.restart, self.patience, self.skips) = (restart, patience, skips)
    }

    public var name: String { "expertSwarm" }
    public var isHorizonBound: Bool { false }

    /// - Precondition: the box holds 0 ... 1 in every coordinate; `box(experts:)` makes one.
    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        ExpertSwarmSearch(self, in: box, stream: stream)
    }

    /// Coefficients of so many experts, from -`reach` to 1 + `reach`. The hull of its authors has no end: what is beyond
    /// is out of reach for a swarm that does not run away.
    public static func box(experts: Int, reach: Double = 10) -> Box { Box(-reach...1 + reach, dimension: experts) }
}

extension SearchFamily where Self == ExpertSwarm {
    public static func expertSwarm(
        size: Int = 20, weights: ExpertSwarm.Weights = .init(), steps: ExpertSwarm.Steps = .init(),
        mixtures: ExpertSwarm.Mixtures = .interpolated, restart: Int = 7, patience: Int? = nil,
        skips: ExpertSwarm.Skips = .init()
    ) -> ExpertSwarm {
        ExpertSwarm(
            size: size, weights: weights, steps: steps, mixtures: mixtures, restart: restart, patience: patience,
            skips: skips)
    }
}
