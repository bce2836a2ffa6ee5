import Inner

/// What an arm's own scores say about their mean mu and variance, by the conjugate law of a normal sample:
///
///     mu | v ~ N(m, v / k)    v ~ InverseGamma(a, b)
///     k = k0 + n    m = sum / k    a = a0 + n / 2    b = b0 + scatter / 2 + k0 n mean^2 / (2 k)
///
/// The prior: scores have mean 0 and, of their variance of about 1, 0.2 is luck, as sure as from ten observations (as
/// `Beliefs.seedVariance`); between arms the mean varies with variance 0.5.
/// - SeeAlso: Bernardo & Smith (1994), Bayesian Theory, doi:10.1002/9780470316870, section 5.2.
package struct NormalInverseGamma {
    /// m, and its precision in observations, k.
    package let mean: Double
    package let weight: Double
    /// a and b.
    package let shape: Double
    package let rate: Double

    private static let variance = Beliefs.priorVariance
    private static let priorMeanWeight = variance / 0.5

    package init(_ scores: ArmScores) {
        let n = scores.count
        weight = Self.priorMeanWeight + n
        mean = scores.sum / weight
        shape = 0.5 * (Beliefs.priorWeight + n)
        let distance = n > 0 ? Self.priorMeanWeight * scores.sum * scores.mean / weight : 0
        rate = 0.5 * (Beliefs.priorWeight * Self.variance + scores.scatter + distance)
    }

    /// The standard deviation of mu: Student's with 2a degrees of freedom.
    var deviation: Double { (rate / ((shape - 1) * weight)).squareRoot() }

    /// One draw of mu.
    func draw(using stream: inout RandomStream) -> Double {
        let variance = rate / gamma(shape: shape, using: &stream)
        return mean + (variance / weight).squareRoot() * stream.normal()
    }
}
