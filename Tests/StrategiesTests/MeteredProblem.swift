import AllocationCounter
import Inner
import Synchronization

/// A problem that counts what its search allocates between two of its evaluations, from the batch that begins at
/// `first` or later to the one that begins at `last` or later.
final class MeteredProblem<Base: PureProblem>: PureProblem {
    let name = "metered"
    let box: Box
    let isNoisy: Bool
    private let base: Base
    private let first: Int
    private let last: Int
    private let count = Mutex<Int?>(nil)

    init(_ base: Base, isNoisy: Bool = false, from first: Int, to last: Int) {
        (self.base, box, self.isNoisy) = (base, base.box, isNoisy)
        (self.first, self.last) = (first, last)
    }

    /// Allocations of the search's thread; nil if the search did not get there.
    var allocations: Int? { count.withLock { $0 } }

    func makeObjective() -> Meter { Meter(problem: self, objective: base.makeObjective()) }

    struct Meter: Objective {
        let problem: MeteredProblem
        var objective: Base.Evaluator
        var isCounting = false
        var isDone = false

        mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
            if isCounting, seeds.first >= problem.last {
                let allocations = allocation_counter_end()
                problem.count.withLock { $0 = allocations }
                (isCounting, isDone) = (false, true)
            }
            if !isCounting, !isDone, seeds.first >= problem.first {
                isCounting = true
                allocation_counter_begin()
            }
            objective.evaluate(points, seeds: seeds, into: &values)
        }
    }
}
