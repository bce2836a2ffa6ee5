import Inner

/// A swarm of models whose tensors are mixed each by itself: as `ExpertSwarm`, but every group of weights moves with factors
/// r of its own, and C is that of its own factors.
///
/// A point is the k coefficients of the first group, then those of the second, and so on; each group's add up to 1. Particles
/// begin as experts and mixtures of whole models, and leave the affine hull of the experts as soon as they move: what they
/// search is the product of hulls, one a group. With one group it is the swarm of experts; with one for every weight it is the
/// swarm of whole models with a factor for every dimension.
/// - Complexity: O(n k groups) an iteration.
public struct TensorSwarm: SearchFamily {
    public let groups: Int
    public let swarm: ExpertSwarm

    /// - Precondition: `groups` >= 1.
    public init(groups: Int, swarm: ExpertSwarm = ExpertSwarm()) {
        precondition(groups >= 1, "a model has at least one group of weights, not \(groups)")
        (self.groups, self.swarm) = (groups, swarm)
    }

    public var name: String { "tensorSwarm" }
    public var isHorizonBound: Bool { false }

    /// - Precondition: the box holds 0 ... 1 in every coordinate, and its dimension is a multiple of `groups`;
    ///   `box(experts:)` makes one.
    public func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search {
        ExpertSwarmSearch(swarm, groups: groups, in: box, stream: stream)
    }

    /// Coefficients of so many experts a group, from -`reach` to 1 + `reach`.
    public func box(experts: Int, reach: Double = 10) -> Box {
        ExpertSwarm.box(experts: groups * experts, reach: reach)
    }
}

extension SearchFamily where Self == TensorSwarm {
    public static func tensorSwarm(groups: Int, swarm: ExpertSwarm = ExpertSwarm()) -> TensorSwarm {
        TensorSwarm(groups: groups, swarm: swarm)
    }
}
