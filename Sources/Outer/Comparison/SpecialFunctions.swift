import Inner
import RealModule

/// The regularised upper incomplete gamma function Q(a, x): the probability that a gamma variable of shape a exceeds x.
///
/// By its series below a + 1, and by Lentz's continued fraction above.
/// - SeeAlso: Press, Teukolsky, Vetterling & Flannery (2007), Numerical Recipes, 3rd ed., section 6.2.
package func upperGamma(_ a: Double, _ x: Double) -> Double {
    precondition(a > 0, "shape \(a)")
    guard x > 0 else { return 1 }
    let scale = Double.exp(a * Double.log(x) - x - Double.logGamma(a))
    if x < a + 1 {
        var (term, sum, n) = (1 / a, 1 / a, a)
        while term > sum * 1e-17 {
            n += 1
            term *= x / n
            sum += term
        }
        return 1 - sum * scale
    }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var fraction = d
    for step in 1...10_000 {
        let i = Double(step)
        let numerator = -i * (i - a)
        b += 2
        d = 1 / (numerator * d + b)
        c = b + numerator / c
        fraction *= c * d
        if (c * d - 1).magnitude < 1e-16 { break }
    }
    return scale * fraction
}

/// The value that the range of so many standard normal variables exceeds with a probability: Tukey's studentized range with
/// infinitely many degrees of freedom.
///
/// - SeeAlso: Tukey (1949), Comparing Individual Means in the Analysis of Variance, doi:10.2307/3001913
package func studentizedRangeBound(families: Int, level: Double) -> Double {
    precondition(families >= 2 && 0 < level && level < 1, "\(families) families at a level of \(level)")
    var (low, high) = (0.0, 40.0)
    while high - low > 1e-13 * high {
        let middle = 0.5 * (low + high)
        if rangeExceeds(middle, families) > level { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
}

/// P(range > q) = 1 - k int phi(z) (Phi(z) - Phi(z - q))^(k-1) dz, by the trapezoidal rule, which converges as fast as phi falls.
private func rangeExceeds(_ q: Double, _ k: Int) -> Double {
    let (step, reach) = (1.0 / 64, 9.0)
    let below = { (x: Double) in 0.5 * Double.erfc(-x / 2.0.squareRoot()) }
    var sum = 0.0
    for index in 0...Int((2 * reach + q) / step) {
        let z = -reach + Double(index) * step
        sum += Double.exp(-0.5 * z * z) * Double.pow(below(z) - below(z - q), Double(k - 1))
    }
    return 1 - Double(k) * sum * step / (2 * Double.pi).squareRoot()
}
