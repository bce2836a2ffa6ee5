import Inner

/// Members of an ensemble: posterior means for scores and a prior mean that carry noise of their own size,
///
///     theta_m = A^-1 (theta_m0 + X'(r + s w_m) / s2)    theta_m0 ~ N(0, I), w_m ~ N(0, I)
///
/// Given the pulls, each is a draw of the posterior, but the same one in every decision: its noise is named by member
/// and observation, not by the study's chance, so it is nobody's state.
extension Beliefs {
    /// Mean scores of every arm under member `m`.
    ///
    /// - Parameter posterior: of these beliefs.
    /// - Complexity: O(observations + observed cells d + arms d).
    package func memberMean(_ m: Int, _ posterior: Posterior) -> [Double] {
        let chance = RandomStream(seed: UInt64(m)).split(.noise)
        let deviation = Self.noiseVariance.squareRoot()
        var noise = [CellSums](repeating: CellSums(), count: cells)
        for (index, observation) in observations.enumerated() {
            var own = RandomStream(seed: chance.key(of: index))
            let value = deviation * own.normal()
            noise[observation.cell].count += 1
            if observation.hasPredecessor {
                noise[observation.cell].whitened += value
            } else {
                noise[observation.cell].first += value
            }
        }
        var shift = rightHandSide(noise)
        var prior = RandomStream(seed: UInt64(m)).split(.initial)
        for feature in 0..<features.count { shift[feature / 8][feature % 8] += prior.normal() }
        return posterior.mean(shiftedBy: shift)
    }
}
