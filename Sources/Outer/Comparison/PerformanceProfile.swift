import Inner

/// What share of problems each family solves in at most alpha times the evaluations of the fastest family there:
///
///     rho_s(alpha) = |{p : t_(p,s) / min_s t_(p,s) <= alpha}| / |P|
///
/// Problems and their test are those of `DataProfile`. rho_s(1) is the share in which the family is the fastest.
/// - SeeAlso: Dolan & More (2002), Benchmarking optimization software with performance profiles, doi:10.1007/s101070100263
public struct PerformanceProfile: Sendable, Equatable {
    /// In the order of their first runs.
    public let families: [String]
    /// Of ratios to the fastest, by family.
    public let ratios: [EmpiricalDistribution]

    /// - Parameters:
    ///   - runs: of all families, at most one of each in a block; blocks that lack a family are left out.
    ///   - tolerance: tau, in (0, 1).
    public init(_ runs: [ComparedRun], tolerance: Double) {
        let times = ConvergenceTimes(runs, tolerance: tolerance)
        families = times.families
        let fastest = times.problems.indices.map { block in times.evaluations.map { $0[block] }.min()! }
        ratios = times.evaluations.map { row in
            EmpiricalDistribution(zip(row, fastest).map { $0.isFinite ? $0 / $1 : .infinity })
        }
    }

    /// - Precondition: a family with runs.
    public func share(of family: String, within alpha: Double) -> Double {
        guard let index = families.firstIndex(of: family) else { preconditionFailure("no runs of \(family)") }
        return ratios[index].share(within: alpha)
    }
}
