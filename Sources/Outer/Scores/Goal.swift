import Inner
import RealModule

/// What the user wants from a budget; with it a score becomes a utility.
public enum Goal: Sendable, Hashable, Codable {
    /// U = E[q] - lambda log2(T / T_min), lambda = kappa s / sqrt(pi). At kappa = 1 a doubling must beat a restart:
    /// E[best of 2] - E[1] = s / sqrt(pi) for two independent normal scores.
    case price(Double)
    /// The expected best of floor(B / T) independent runs: U = E[q] + s E[max of floor(B / T) standard normals].
    case total(Int)
    /// The least evaluations until a value at or below this one is found, by restarting: U = -log2(ERT / T_min); see
    /// `RunningTimeUtility`.
    case target(Double)

    /// What a budget adds to the mean score, or to what a target makes of it; nil if the goal cannot afford it.
    ///
    /// - Parameters:
    ///   - level: octaves above the least budget.
    ///   - seedDeviation: s, the standard deviation of scores between seeds.
    public func offset(level: Int, budget: Int, seedDeviation: Double) -> Double? {
        switch self {
        case .price(let kappa): return 0 - kappa * seedDeviation / Double.pi.squareRoot() * Double(level)
        case .total(let total):
            let runs = total / budget
            return runs >= 1 ? seedDeviation * expectedMaximum(of: runs) : nil
        case .target: return 0
        }
    }
}

extension Goal {
    /// Whether it allows a search of so many evaluations.
    public func canPay(for budget: Int) -> Bool { offset(level: 0, budget: budget, seedDeviation: 1) != nil }

    /// A total is so many evaluations; a price and the time to a target may count either.
    public func canCount(_ cost: Cost) -> Bool {
        if case .total = self { return cost == .evaluations }
        return true
    }
}

extension Goal {
    private enum Key: String, CodingKey { case price, total, target }

    /// `{"price": 1}`, `{"total": 20000}` or `{"target": 0.01}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .price(let kappa): try container.encode(kappa, forKey: .price)
        case .total(let total): try container.encode(total, forKey: .total)
        case .target(let value): try container.encode(value, forKey: .target)
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let kappa = try container.decodeIfPresent(Double.self, forKey: .price) {
            self = .price(kappa)
        } else if let value = try container.decodeIfPresent(Double.self, forKey: .target) {
            self = .target(value)
        } else {
            self = .total(try container.decode(Int.self, forKey: .total))
        }
    }
}

/// E[max of k independent standard normals] = integral of k x phi(x) Phi(x)^(k-1), by the trapezoidal rule on [-9, 9].
///
/// Absolute error below 1e-9 for k up to 1e6 (the integrand is smooth and vanishes at both ends).
public func expectedMaximum(of k: Int) -> Double {
    precondition(k >= 1, "a maximum needs at least one number, not \(k)")
    let step = 0.01
    var sum = 0.0
    for i in -900...900 {
        let x = Double(i) * step
        let density = Double.exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
        let below = 0.5 * Double.erfc(-x / 2.0.squareRoot())
        sum += x * density * Double.pow(below, Double(k - 1))
    }
    return Double(k) * sum * step
}
