/// Best value so far against evaluations spent, at the checkpoints of a grid and at the end.
public struct Trace: Sendable, Equatable, Codable {
    public struct Checkpoint: Sendable, Equatable, Codable {
        /// Evaluations spent, all kinds included.
        public let evaluations: Int
        /// Best value so far; infinite while none was defined. For a noisy problem the mean of the incumbent's
        /// re-evaluations.
        public let best: Double

        public init(evaluations: Int, best: Double) {
            self.evaluations = evaluations
            self.best = best
        }
    }

    public internal(set) var checkpoints: [Checkpoint]

    public init(_ checkpoints: [Checkpoint] = []) { self.checkpoints = checkpoints }

    /// The best value after so many evaluations; infinite if there is no checkpoint there.
    public func best(at evaluations: Int) -> Double {
        checkpoints.first { $0.evaluations == evaluations }?.best ?? .infinity
    }

    /// The last entry: what the search ended with.
    public var end: Checkpoint? { checkpoints.last }
}
