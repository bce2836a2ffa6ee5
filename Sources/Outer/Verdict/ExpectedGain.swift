import Inner

extension Beliefs {
    /// The expected value of perfect information, in utility:
    ///
    ///     EVPI = mean over draws of max_a U_draw(a)  -  max_a mean U(a)
    ///
    /// - Complexity: O(draws arms d).
    package func expectedGain(draws: Int, stream: RandomStream) -> Double {
        let (posterior, offsets) = (posterior(), utilityOffsets())
        let largest = { (scores: [Double]) in
            scores.indices.reduce(-Double.infinity) { max($0, scores[$1] + offsets[$1]) }
        }
        var chance = stream
        let sum = (0..<draws).reduce(0.0) { sum, _ in sum + largest(posterior.draw(using: &chance)) }
        return max(0, sum / Double(draws) - largest(posterior.mean()))
    }
}
