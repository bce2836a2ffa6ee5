import RealModule

/// The distance of a sample's distribution from a continuous one, sup |F_n - F|.
public func kolmogorovSmirnovDistance(_ sample: [Double], cdf: (Double) -> Double) -> Double {
    let sorted = sample.sorted()
    let n = Double(sorted.count)
    return sorted.enumerated().reduce(0.0) { worst, entry in
        let f = cdf(entry.element)
        return max(worst, f - Double(entry.offset) / n, Double(entry.offset + 1) / n - f)
    }
}

/// The distance that a sample of `count` exceeds with probability at most `falseAlarm` if it has the stated law:
/// P(D > x) <= 2 exp(-2 n x^2).
///
/// - SeeAlso: Massart (1990), The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality,
///   doi:10.1214/aop/1176990746.
public func kolmogorovSmirnovBound(count: Int, falseAlarm: Double) -> Double {
    (Double.log(2 / falseAlarm) / (2 * Double(count))).squareRoot()
}

/// Phi(x), the standard normal distribution function.
public func normalCDF(_ x: Double) -> Double { 0.5 * Double.erfc(-x / 2.0.squareRoot()) }
