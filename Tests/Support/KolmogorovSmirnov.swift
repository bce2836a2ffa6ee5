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

/// The distance of two samples' distributions, sup |F_n - G_m|.
public func kolmogorovSmirnovDistance(_ first: [Double], _ second: [Double]) -> Double {
    let (a, b) = (first.sorted(), second.sorted())
    var (i, j, worst) = (0, 0, 0.0)
    while i < a.count, j < b.count {
        let least = min(a[i], b[j])
        while i < a.count, a[i] == least { i += 1 }
        while j < b.count, b[j] == least { j += 1 }
        worst = max(worst, (Double(i) / Double(a.count) - Double(j) / Double(b.count)).magnitude)
    }
    return worst
}

/// The distance that two samples of `count` each exceed with probability at most `falseAlarm` if they have one law:
/// P(D > x) <= 2.16863 exp(-n x^2).
///
/// - SeeAlso: Wei & Dudley (2012), Two-sample Dvoretzky-Kiefer-Wolfowitz inequalities, arXiv:1107.5356.
public func kolmogorovSmirnovBound(countOfEach count: Int, falseAlarm: Double) -> Double {
    (Double.log(2.16863 / falseAlarm) / Double(count)).squareRoot()
}
