import Inner

/// What share of problems each family solves within kappa simplex gradients, that is within kappa (d + 1) evaluations:
///
///     d_s(kappa) = |{p : t_(p,s) / (d_p + 1) <= kappa}| / |P|
///
/// A block of a problem is one p. It is solved by what passes the test f(x) <= f_L + tau (f_0 - f_L), where f_0 is the highest of the
/// first values and f_L the least value of any family.
/// - SeeAlso: More & Wild (2009), Benchmarking Derivative-Free Optimization Algorithms, doi:10.1137/080724083
public struct DataProfile: Sendable, Equatable {
    /// In the order of their first runs.
    public let families: [String]
    /// Of simplex gradients until a block is solved, by family.
    public let gradients: [EmpiricalDistribution]

    /// - Parameters:
    ///   - runs: of all families, at most one of each in a block; blocks that lack a family are left out.
    ///   - dimensions: of every problem, by its number.
    ///   - tolerance: tau, in (0, 1): More & Wild use 10^-1 ... 10^-7.
    public init(_ runs: [ComparedRun], dimensions: [Int], tolerance: Double) {
        let times = ConvergenceTimes(runs, tolerance: tolerance)
        families = times.families
        gradients = times.evaluations.map { row in
            EmpiricalDistribution(zip(row, times.problems).map { $0 / Double(dimensions[$1] + 1) })
        }
    }

    /// - Precondition: a family with runs.
    public func share(of family: String, within kappa: Double) -> Double {
        guard let index = families.firstIndex(of: family) else { preconditionFailure("no runs of \(family)") }
        return gradients[index].share(within: kappa)
    }
}
