import Inner
import RealModule

/// What an evaluation takes under every configuration, c seconds: shrunk geometric means.
///
///     log2 c = mu + sum over factors of a[value] + b[configuration] + noise
///
/// mu is the mean of the observed configurations, each weighing w = n / (n + 1) after n searches. Every level is shrunk
/// to the one before: a factor value to nothing by kappa configurations, a configuration to its values by one search.
/// With z = (mean log2 c) - mu,
///
///     a[v] = sum w (z - other effects) / (kappa + sum w)     over the observed configurations with value v
///     b = w (z - sum of effects)                             0 if never observed
///
/// The first is a ridge regression on factor values. A factor's values are categories, swarm sizes too. How unsure an
/// estimate is (the epistemic part) is not drawn from: a configuration never tried counts as its values say.
/// - SeeAlso: Robinson (1991), That BLUP is a good thing, doi:10.1214/ss/1177011926; Hastie & Tibshirani (1990),
///   Generalized Additive Models, section 5.2.
struct EvaluationTimes: Sendable {
    /// kappa. On planted times, additive effects have errors a third to four fifths larger with 1 than with 0.3, hardly
    /// smaller ones with 0.1, and where there are none 0.1 takes a quarter more noise for some.
    static let factorPseudoCount = 0.3

    /// In octaves of a second.
    struct Estimate: Sendable {
        /// mu; nil if nothing was timed.
        let mean: Double?
        /// log2 c - mu of every configuration.
        let deviations: [Double]
    }

    /// For every configuration, its values of the factors that have more than one, as numbers below `valueCount`.
    private let values: [[Int]]
    private let valueCount: Int
    /// For every configuration, its timed searches and the sum of their log2 c.
    private var counts: [Double]
    private var sums: [Double]

    init(_ configurations: [Configuration]) {
        let factors: [(Configuration) -> String] = [
            { String($0.swarmSize) }, \.inertia, \.topology, \.rule, \.boundary,
        ]
        var (values, valueCount) = (configurations.map { _ in [Int]() }, 0)
        for factor in factors {
            var numbers: [String: Int] = [:]
            for value in configurations.map(factor) where numbers[value] == nil {
                numbers[value] = valueCount + numbers.count
            }
            guard numbers.count > 1 else { continue }
            for (index, value) in configurations.map(factor).enumerated() { values[index].append(numbers[value]!) }
            valueCount += numbers.count
        }
        (self.values, self.valueCount) = (values, valueCount)
        counts = Array(repeating: 0, count: configurations.count)
        sums = counts
    }

    /// Takes in a search. A clock that did not move says nothing.
    mutating func add(_ seconds: Double, configuration: Int) {
        guard seconds > 0, seconds.isFinite else { return }
        counts[configuration] += 1
        sums[configuration] += Double.log2(seconds)
    }

    /// - Complexity: O(v^3) with v observed factor values.
    func estimate() -> Estimate {
        let observed = counts.indices.filter { counts[$0] > 0 }
        guard !observed.isEmpty else { return Estimate(mean: nil, deviations: counts.map { _ in 0 }) }
        let weights = counts.map { $0 / ($0 + 1) }
        let sum = observed.reduce(0) { $0 + weights[$1] * sums[$1] / counts[$1] }
        let mean = sum / observed.reduce(0) { $0 + weights[$1] }
        let targets = zip(sums, counts).map { $1 > 0 ? $0 / $1 - mean : 0 }
        let effects = effects(observed, targets, weights)
        let deviations = counts.indices.map { configuration in
            let fitted = values[configuration].reduce(0) { $0 + effects[$1] }
            return fitted + weights[configuration] * (targets[configuration] - fitted)
        }
        return Estimate(mean: mean, deviations: deviations)
    }

    /// a of every factor value: (kappa I + X'W X)^-1 X'W z, one row of X an observed configuration.
    private func effects(_ observed: [Int], _ targets: [Double], _ weights: [Double]) -> [Double] {
        var (columns, count) = ([Int?](repeating: nil, count: valueCount), 0)
        for value in observed.lazy.flatMap({ values[$0] }) where columns[value] == nil {
            columns[value] = count
            count += 1
        }
        guard count > 0 else { return [] }
        let blocks = blockCount(count)
        var precision = PrecisionMatrix(blocks: blocks)
        var right = [Lanes](repeating: .zero, count: blocks)
        for configuration in observed {
            let weight = weights[configuration] / Self.factorPseudoCount
            var row = [Lanes](repeating: .zero, count: blocks)
            for column in values[configuration].compactMap({ columns[$0] }) {
                row[column / 8][column % 8] = 1
                right[column / 8][column % 8] += weight * targets[configuration]
            }
            precision.add(weight, outer: row)
        }
        let factor = CholeskyFactor(precision)
        let solution = factor.solve(factor.solveTransposed(right))
        return columns.map { $0.map { solution[$0 / 8][$0 % 8] } ?? 0 }
    }
}
