import Inner
import RealModule

/// What is left of a search's quality when its evaluations are paid for: families that spend differently are compared by it.
///
///     U = q - lambda log2 T   lambda = kappa s / sqrt(pi)
///
/// with q the normal score among all searches on the problem, T the family's budget and s^2 the variance of q within families: at
/// kappa = 1 a doubling costs what a restart gains.
public enum PricedQuality {
    /// - Parameters:
    ///   - values: what the searches have found, family by family; lower is better, infinite is worst.
    ///   - budgets: evaluations of a search, one a family.
    ///   - price: kappa.
    /// - Returns: U of every search, family by family: higher is better.
    public static func utilities(_ values: [[Double]], budgets: [Int], price: Double) -> [[Double]] {
        precondition(values.count == budgets.count, "\(values.count) families with \(budgets.count) budgets")
        var pool = NormalScores()
        pool.add(values.flatMap(\.self))
        pool.rank()
        var rest = pool.scores[...]
        let scores = values.map { own in
            defer { rest = rest.dropFirst(own.count) }
            return Array(rest.prefix(own.count))
        }
        let squares = scores.reduce(0) { sum, own in
            let mean = own.reduce(0, +) / Double(max(own.count, 1))
            return sum + own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        let freedom = Double(max(1, pool.count - values.count))
        let lambda = price * (squares / freedom / Double.pi).squareRoot()
        return zip(scores, budgets).map { own, budget in own.map { $0 - lambda * Double.log2(Double(budget)) } }
    }
}
