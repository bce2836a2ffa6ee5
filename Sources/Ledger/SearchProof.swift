import Inner
import Problems

/// Looks at recorded searches of one problem, one after the other.
struct SearchProof {
    private let problem: AnyProblem
    /// Best points that were evaluated again.
    private(set) var reevaluated = 0

    init(_ problem: AnyProblem) { self.problem = problem }

    var isNoisy: Bool { problem.isNoisy }

    /// Whether a trace goes on, never gets worse but by noise, ends with its search, and at its best.
    func isConsistent(_ result: SearchResult) -> Bool {
        let trace = result.trace.checkpoints
        let goesOn = zip(trace, trace.dropFirst()).allSatisfy {
            $0.evaluations < $1.evaluations && (isNoisy || $0.best >= $1.best)
        }
        guard goesOn, let last = trace.last else { return goesOn }
        guard last.evaluations <= result.evaluations else { return false }
        guard !isNoisy, let best = result.best else { return true }
        return last.evaluations < result.evaluations ? best.value <= last.best : best.value == last.best
    }

    /// Whether a best point is worth what is noted, as far as this program can tell: not where it is worth something else every time,
    /// nor what a command says.
    mutating func isWorth(_ best: SearchResult.Best?) -> Bool {
        guard case .pure(let problem) = problem, !problem.isNoisy, let best else { return true }
        guard best.point.count == problem.dimension else { return false }
        reevaluated += 1
        return problem.value(at: best.point) == best.value
    }
}
