import Inner
import Synchronization

/// A problem whose values follow a script: evaluation k of a search is worth `script(k)`, wherever it is.
public final class ScriptedProblem: PureProblem {
    public let name = "scripted"
    public let box: Box
    public let isNoisy: Bool
    private let script: @Sendable (Int) -> Double
    private let log = Mutex<[Call]>([])

    /// One evaluation as it came in.
    public struct Call: Sendable, Equatable {
        public let number: Int
        public let point: [Double]
    }

    public init(dimension: Int = 1, isNoisy: Bool = false, script: @escaping @Sendable (Int) -> Double) {
        box = Box(0...1, dimension: dimension)
        self.isNoisy = isNoisy
        self.script = script
    }

    /// Every evaluation so far, in order.
    public var calls: [Call] { log.withLock { $0 } }

    public func makeObjective() -> Evaluator { Evaluator(problem: self) }

    public struct Evaluator: Objective {
        let problem: ScriptedProblem

        public func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
            for row in 0..<values.count {
                let number = seeds.first + row
                values[row] = problem.script(number)
                let point = points.coordinates(row: row, dimension: problem.dimension)
                problem.log.withLock { $0.append(Call(number: number, point: point)) }
            }
        }
    }
}
