import Inner

/// When a run of CMA-ES has nothing more to gain, so that the next one begins.
///
/// - SeeAlso: Auger & Hansen (2005), A restart CMA evolution strategy with increasing population size,
///   doi:10.1109/CEC.2005.1554902; Hansen (2016), arXiv:1604.00772, appendix B.3.
struct CMAESTermination: Sendable {
    /// Values that differ by less are equal; steps below this part of the first have no effect.
    private static let tolerance = 1e-12
    /// The largest growth of the distribution; the largest condition number of C.
    private static let growth = 1e4
    private static let condition = 1e14
    /// Generations between two looks for stagnation, which takes longer than the others.
    private static let stride = 10

    private let firstSigma: Double
    private let mostGenerations: Int
    /// Generations whose best values must differ, and the least that are looked at for stagnation.
    private let recent: Int
    private let least: Int
    /// Best and median values of the latest generations: that of generation g is element g modulo their number.
    private var best: [Double]
    private var median: [Double]
    private var scratch: [Double]
    private var count = 0

    init(dimension: Int, size: Int, sigma: Double) {
        let (d, lambda) = (Double(dimension), Double(size))
        firstSigma = sigma
        mostGenerations = Int(100 + 50 * (d + 3) * (d + 3) / lambda.squareRoot())
        recent = 10 + Int((30 * d / lambda).rounded(.up))
        least = Int(120 + 30 * d / lambda)
        best = Array(repeating: 0, count: max(least, min(20_000, mostGenerations / 5)))
        (median, scratch) = (best, best)
    }

    /// Looks at a generation that was absorbed; true if the run is over.
    mutating func isDue(best value: Double, median middle: Double, worst: Double, _ now: CMAESDistribution) -> Bool {
        best[count % best.count] = value
        median[count % best.count] = middle
        count += 1
        return count >= mostGenerations || isFlat(worst) || isStagnant || hasNoEffect(now) || isDegenerate(now)
    }

    /// EqualFunVals and TolHistFun: the recent generations' best values are equal, or nearly so and the whole
    /// generation with them.
    private func isFlat(_ worst: Double) -> Bool {
        guard count >= recent else { return false }
        var (low, high) = (Double.infinity, -Double.infinity)
        for generation in count &- recent..<count {
            let value = best[generation % best.count]
            (low, high) = (min(low, value), max(high, value))
        }
        return low == high || max(high, worst) - low < Self.tolerance
    }

    /// Stagnation: over the last fifth of the run the latest 30 % of best and of median values are no better than the
    /// first 30 %.
    private var isStagnant: Bool {
        mutating get {
            guard count >= least, count.isMultiple(of: Self.stride) else { return false }
            return !improves(best) && !improves(median)
        }
    }

    private mutating func improves(_ history: [Double]) -> Bool {
        let window = min(max(least, count / 5), history.count)
        let part = max(1, window * 3 / 10)
        let before = middle(of: history, from: count - window, part)
        return middle(of: history, from: count - part, part) < before
    }

    /// The median of `length` generations.
    private mutating func middle(of history: [Double], from first: Int, _ length: Int) -> Double {
        for offset in 0..<length { scratch[offset] = history[(first + offset) % history.count] }
        return orderStatistic(length / 2, of: &scratch, count: length)
    }

    /// NoEffectAxis, NoEffectCoord and TolX: steps that rounding or the tolerance swallows.
    private func hasNoEffect(_ now: CMAESDistribution) -> Bool {
        let axis = now.generation % now.dimension
        var (moves, isTiny) = (false, true)
        for column in 0..<now.dimension {
            let (block, lane) = (column / 8, column % 8)
            let (m, width) = (now.mean[block][lane], now.width[block][lane])
            let deviation = now.sigma * now.variance(column).squareRoot()
            if m + 0.2 * deviation * width == m { return true }
            moves = moves || m + 0.1 * now.axis(axis, column) != m
            let reach = max(deviation, now.sigma * now.path[block][lane].magnitude)
            isTiny = isTiny && reach < Self.tolerance * firstSigma
        }
        return !moves || isTiny
    }

    /// TolXUp and ConditionCov: the distribution outgrows its start, or is too thin to be computed with.
    private func isDegenerate(_ now: CMAESDistribution) -> Bool {
        var (low, high) = (Double.infinity, 0.0)
        for value in now.eigen.values { (low, high) = (min(low, value), max(high, value)) }
        return !(low > 0 && high <= Self.condition * low)
            || now.sigma * high.squareRoot() > Self.growth * firstSigma
    }
}
