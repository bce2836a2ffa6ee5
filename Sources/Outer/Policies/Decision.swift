/// The arm that was chosen, and why.
public struct Decision: Sendable, Hashable, Codable {
    /// Index of the chosen arm.
    public let arm: Int
    /// The arms that came nearest, by draw and by mean; the chosen one is among them. Empty if the policy looks at
    /// none.
    public let contenders: [Contender]
    /// Estimated probability that this policy, with these beliefs, chooses this arm.
    public let propensity: Double

    public init(arm: Int, contenders: [Contender], propensity: Double) {
        self.arm = arm
        self.contenders = contenders
        self.propensity = propensity
    }

    public struct Contender: Sendable, Hashable, Codable {
        public let arm: Int
        /// The drawn mean score, before `offset`; for a target minus log2 of the running time it comes to, in least
        /// budgets. For a policy that compares something else: that, less `offset`.
        public let draw: Double
        /// The same at the posterior mean.
        public let mean: Double
        /// What goal and cost add to both: minus the price of budget and time, or the gain of restarts.
        public let offset: Double

        public init(arm: Int, draw: Double, mean: Double, offset: Double) {
            self.arm = arm
            self.draw = draw
            self.mean = mean
            self.offset = offset
        }

        /// The utility that was drawn.
        public var drawnUtility: Double { draw + offset }
    }
}
