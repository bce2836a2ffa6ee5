import Inner
import RealModule

/// A textbook function over its usual box, with its least value, 0, at the origin (Rosenbrock's at ones), evaluated without
/// allocating.
public struct ClassicProblem: PureProblem {
    public enum Function: String, Sendable { case sphere, rosenbrock, rastrigin, griewank, ackley }

    public let function: Function
    public let box: Box
    public var name: String { function.rawValue }

    public init(_ function: Function, in interval: ClosedRange<Double>, dimension: Int) {
        self.function = function
        box = Box(interval, dimension: dimension)
    }

    public func makeObjective() -> Evaluator { Evaluator(function: function, dimension: dimension) }

    public struct Evaluator: Objective {
        let function: Function
        let dimension: Int

        public func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
            for row in 0..<values.count {
                switch function {
                case .sphere: values[row] = sum(points, row) { _, x, _ in x * x }
                case .rosenbrock:
                    values[row] = sum(points, row) { j, x, before in
                        j == 0 ? 0 : 100 * (x - before * before) * (x - before * before) + (before - 1) * (before - 1)
                    }
                case .rastrigin:
                    values[row] = sum(points, row) { _, x, _ in x * x - 10 * .cos(2 * .pi * x) + 10 }
                case .griewank:
                    var product = 1.0
                    let bowl = sum(points, row) { j, x, _ in
                        product *= .cos(x / Double(j + 1).squareRoot())
                        return x * x / 4000
                    }
                    values[row] = bowl - product + 1
                case .ackley:
                    let n = Double(dimension)
                    let squares = sum(points, row) { _, x, _ in x * x }
                    let waves = sum(points, row) { _, x, _ in .cos(2 * .pi * x) }
                    values[row] = 20 + .exp(1) - 20 * .exp(-0.2 * (squares / n).squareRoot()) - .exp(waves / n)
                }
            }
        }

        /// The sum of a term of every coordinate, given its index and the coordinate before it.
        @inline(__always)
        private func sum(
            _ points: Span<Lanes>, _ row: Int, _ term: (_ index: Int, _ x: Double, _ before: Double) -> Double
        ) -> Double {
            var (sum, before) = (0.0, 0.0)
            for column in 0..<dimension {
                let x = points.coordinate(row: row, column: column, dimension: dimension)
                sum += term(column, x, before)
                before = x
            }
            return sum
        }
    }
}
