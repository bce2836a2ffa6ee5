import Inner

/// When each family passes the convergence test of every block,
///
///     f(x) <= f_L + tau (f_0 - f_L)
///
/// f_0 is the highest of its runs' first values: with common initial points, that of the point at which all begin. f_L is the
/// least value that any of them has found.
/// - SeeAlso: More & Wild (2009), Benchmarking Derivative-Free Optimization Algorithms, doi:10.1137/080724083, section 2.
struct ConvergenceTimes: Sendable, Equatable {
    /// In the order of their first runs.
    let families: [String]
    /// The problem of every block in which each family has a run; other blocks are left out.
    let problems: [Int]
    /// Evaluations until the test is passed, by family and block; infinite if it never is.
    let evaluations: [[Double]]

    /// - Parameters:
    ///   - runs: at most one of each family in a block of a problem.
    ///   - tolerance: tau
    init(_ runs: [ComparedRun], tolerance: Double) {
        precondition(0 < tolerance && tolerance < 1, "a tolerance of \(tolerance)")
        var families: [String] = []
        for run in runs where !families.contains(run.family) { families.append(run.family) }
        let sorted = runs.sorted { ($0.problem, $0.block) < ($1.problem, $1.block) }
        var (problems, columns): ([Int], [[Double]]) = ([], [])
        var rest = sorted[...]
        while let first = rest.first {
            let block = rest.prefix { $0.problem == first.problem && $0.block == first.block }
            rest = rest.dropFirst(block.count)
            let own = families.map { family in block.filter { $0.family == family } }
            precondition(own.allSatisfy { $0.count <= 1 }, "a family has two runs in block \(first.block)")
            guard own.allSatisfy({ $0.count == 1 }) else { continue }
            problems.append(first.problem)
            columns.append(Self.times(own.map { $0[0] }, tolerance: tolerance))
        }
        self.families = families
        self.problems = problems
        evaluations = families.indices.map { family in columns.map { $0[family] } }
    }

    private static func times(_ block: [ComparedRun], tolerance: Double) -> [Double] {
        let values = block.map { run in run.improvements.map(\.best).filter(\.isFinite) }
        guard let first = values.compactMap(\.first).max(), let least = values.joined().min() else {
            return block.map { _ in .infinity }
        }
        let bound = least + tolerance * (first - least)
        return block.map { run in
            run.improvements.first { $0.best <= bound }.map { Double($0.evaluations) } ?? .infinity
        }
    }
}
