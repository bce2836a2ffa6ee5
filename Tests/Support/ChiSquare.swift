import Inner
import RealModule

/// Pearson's statistic: sum of (observed - expected)^2 / expected.
public func chiSquare(observed: [Int], expected: [Double]) -> Double {
    zip(observed, expected).reduce(0.0) { sum, cell in
        let distance = Double(cell.0) - cell.1
        return sum + distance * distance / cell.1
    }
}

/// The value that a chi-square variable exceeds with probability `falseAlarm`.
///
/// - SeeAlso: Wilson & Hilferty (1931), The distribution of chi-square, doi:10.1073/pnas.17.12.684.
public func chiSquareBound(freedom: Int, falseAlarm: Double) -> Double {
    let spread = 2 / (9 * Double(freedom))
    return Double(freedom) * Double.pow(1 - spread - normalQuantile(falseAlarm) * spread.squareRoot(), 3)
}

/// The distance from its mean, in standard deviations, that a normal variable exceeds with probability `falseAlarm`.
public func deviationBound(falseAlarm: Double) -> Double { -normalQuantile(falseAlarm / 2) }
