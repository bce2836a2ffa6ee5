import CSimd
import Inner
import Problems
import Strategies

/// Mixtures of random points of a problem's box, as if its coordinates were weights: the value of coefficients is that of the
/// point they mix.
struct MixedPoints<Base: PureProblem>: PureProblem {
    let name: String
    let box: Box
    private let base: Base
    private let points: [[Lanes]]

    init(_ base: Base, experts: Int) {
        self.base = base
        name = base.name
        box = ExpertSwarm.box(experts: experts)
        var chance = RandomStream(seed: 7).split(.search, experts)
        points = (0..<experts).map { _ in
            paddedRow(zip(base.box.lower, base.box.upper).map { $0 + ($1 - $0) * chance.uniform() })
        }
    }

    func makeObjective() -> Objective { Objective(base: base.makeObjective(), points: points) }

    struct Objective: Inner.Objective {
        fileprivate var base: Base.Evaluator
        fileprivate let points: [[Lanes]]

        mutating func evaluate(_ rows: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
            let (blocks, width) = (blockCount(points.count), points[0].count)
            var mixed = [Lanes](repeating: .zero, count: values.count * width)
            for row in values.indices {
                for (number, point) in points.enumerated() {
                    let coefficient = knee_splat(rows[row * blocks + number / 8][number % 8])
                    for (place, block) in zip(row * width..<(row + 1) * width, point) {
                        mixed[place] = knee_add(mixed[place], knee_mul(coefficient, block))
                    }
                }
            }
            base.evaluate(mixed.span, seeds: seeds, into: &values)
        }
    }
}

/// Mixtures of 4 to 20 points in 20 dimensions of eight functions of different kinds.
func mixedPoints() throws -> [any PureProblem] {
    let kinds = [
        ("bbob/f1", 6), ("bbob/f3", 8), ("bbob/f8", 10), ("bbob/f10", 15), ("bbob/f12", 4), ("bbob/f15", 20),
        ("bbob/f17", 12), ("bbob/f21", 5),
    ]
    return try kinds.map { name, experts in mixed(try ProblemCatalogue.make(name, dimension: 20), experts: experts) }
}

private func mixed(_ base: some PureProblem, experts: Int) -> any PureProblem { MixedPoints(base, experts: experts) }
