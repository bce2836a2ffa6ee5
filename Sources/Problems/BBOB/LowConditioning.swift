import CSimd
import Inner
import RealModule

// Group 2: functions with low or moderate conditioning.

extension BBOB {
    /// f6 = T_osz(sum (s_i z_i)^2)^0.9,  z = R Lambda^10 Q (x - x_opt), s_i = 100 where z_i x_opt_i > 0, else 1.
    struct AttractiveSector: Function {
        static let number = 6
        static let title = "Attractive Sector"
        let optimumPoint: [Double]
        private let optimum: [Lanes]
        let steps: [Step]

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            optimum = paddedRow(optimumPoint)
            let matrix = instance.r.times(instance.q.scalingRows(by: instance.lambda(10)))
            steps = [.subtract(optimum), .map(LinearMap(matrix))]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var sum = Lanes.zero
            for block in z.indices {
                let isSteep = knee_less(.zero, knee_mul(z[block], optimum[block]))
                let scaled = knee_mul(knee_select(isSteep, knee_splat(100), knee_splat(1)), z[block])
                sum = knee_add(sum, knee_mul(scaled, scaled))
            }
            return Double.pow(oscillated(knee_sum(sum)), 0.9)
        }
    }

    /// f7 = 0.1 max(|u_1| / 10^4, sum 10^(2 i / (D - 1)) z_i^2) + f_pen(x),  u = Lambda^10 Q (x - x_opt),
    /// z = R round(u).
    struct StepEllipsoidal: Function {
        static let number = 7
        static let title = "Step Ellipsoidal"
        let optimumPoint: [Double]
        private let optimum: [Lanes]
        private let weights: [Lanes]
        /// The first row of Q; that of Lambda^10 Q is the same.
        private let first: [Lanes]
        let steps: [Step]
        var penalty: Double { 1 }

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            optimum = paddedRow(optimumPoint)
            weights = paddedRow(instance.powers(100))
            let q = instance.q
            first = paddedRow(q.row(0))
            steps = [
                .subtract(optimum), .map(LinearMap(q.scalingRows(by: instance.lambda(10)))), .round,
                .map(LinearMap(instance.r)),
            ]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var u = Lanes.zero
            for block in x.indices {
                u = knee_add(u, knee_mul(first[block], knee_sub(x[block], optimum[block])))
            }
            return 0.1 * max(knee_sum(u).magnitude / 1e4, weightedSquares(z, weights.span))
        }
    }

    /// f8 = sum over i < D of 100 (z_i^2 - z_(i+1))^2 + (z_i - 1)^2,  z = c (x - x_opt) + 1, c = max(1, sqrt(D) / 8).
    struct Rosenbrock: Function {
        static let number = 8
        static let title = "Rosenbrock"
        let optimumPoint: [Double]
        private let hasNext: [Lanes]
        let steps: [Step]

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint().map { 0.75 * $0 }
            hasNext = instance.hasNext
            steps = [
                .subtract(paddedRow(optimumPoint)), .scale(instance.constant(rosenbrockScale(instance.dimension))),
                .subtract(instance.constant(-1)),
            ]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { rosenbrock(z, hasNext.span) }
    }

    /// f9: f8's sum with z = c Q x + 1/2.
    struct RosenbrockRotated: Function {
        static let number = 9
        static let title = "Rosenbrock, rotated"
        let optimumPoint: [Double]
        private let hasNext: [Lanes]
        let steps: [Step]

        init(_ instance: Instance) {
            let turned = TurnedValley(instance)
            optimumPoint = turned.optimumPoint
            steps = turned.steps
            hasNext = instance.hasNext
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { rosenbrock(z, hasNext.span) }
    }

    /// z = c Q x + 1/2, which is 1 in every coordinate at x_opt = Q' (1/2) / c: the valley of f9 and f19.
    struct TurnedValley {
        let optimumPoint: [Double]
        let steps: [Step]

        init(_ instance: Instance) {
            let scale = rosenbrockScale(instance.dimension)
            let q = instance.q
            optimumPoint = q.transposedTimes(Array(repeating: 0.5 / scale, count: instance.dimension))
            let scaled = q.scalingRows(by: Array(repeating: scale, count: instance.dimension))
            steps = [.map(LinearMap(scaled)), .subtract(instance.constant(-0.5))]
        }
    }

    /// c = max(1, sqrt(D) / 8).
    private static func rosenbrockScale(_ dimension: Int) -> Double { max(1, Double(dimension).squareRoot() / 8) }

    private static func rosenbrock(_ z: Span<Lanes>, _ hasNext: Span<Lanes>) -> Double {
        var sum = Lanes.zero
        for block in z.indices {
            let terms = rosenbrockTerms(z[block], next: nextLanes(z, block))
            sum = knee_add(sum, knee_mul(hasNext[block], terms))
        }
        return knee_sum(sum)
    }

    /// 100 (z_i^2 - z_(i+1))^2 + (z_i - 1)^2.
    @inline(__always)
    static func rosenbrockTerms(_ z: Lanes, next: Lanes) -> Lanes {
        let (bend, rest) = (knee_sub(knee_mul(z, z), next), knee_sub(z, knee_splat(1)))
        return knee_add(knee_mul(knee_splat(100), knee_mul(bend, bend)), knee_mul(rest, rest))
    }

    /// z_(i+1) for the coordinates i of a block; 0 behind the last.
    @inline(__always)
    static func nextLanes(_ z: Span<Lanes>, _ block: Int) -> Lanes {
        knee_next_lanes(z[block], block + 1 < z.count ? z[block + 1] : .zero)
    }
}
