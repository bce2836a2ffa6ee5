import CSimd
import Inner
import RealModule

// Group 4: multi-modal functions with adequate global structure.

extension BBOB {
    /// f15: f3's sum with z = R Lambda^10 Q T_asy^0.2 T_osz(R (x - x_opt)).
    struct RastriginRotated: Function {
        static let number = 15
        static let title = "Rastrigin, rotated"
        let optimumPoint: [Double]
        let steps: [Step]

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            let r = instance.r
            steps = [
                .subtract(paddedRow(optimumPoint)), .map(LinearMap(r)), .oscillate, instance.asymmetry(0.2),
                .map(LinearMap(r.times(instance.q.scalingRows(by: instance.lambda(10))))),
            ]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { rastrigin(z) }
    }

    /// f16 = 10 (1/D sum_i sum_(k < 12) 2^-k (cos(2 pi 3^k (z_i + 1/2)) + 1))^3 + 10/D f_pen(x),
    /// z = R Lambda^(1/100) Q T_osz(R (x - x_opt)).
    struct Weierstrass: Function {
        static let number = 16
        static let title = "Weierstrass"
        let optimumPoint: [Double]
        let steps: [Step]
        private let dimension: Double
        var penalty: Double { 10 / dimension }

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            dimension = Double(instance.dimension)
            let r = instance.r
            steps = [
                .subtract(paddedRow(optimumPoint)), .map(LinearMap(r)), .oscillate,
                .map(LinearMap(r.times(instance.q.scalingRows(by: instance.lambda(0.01))))),
            ]
        }

        /// Half a turn times the odd 3^k turns the cosine's sign: cos(2 pi 3^k (z + 1/2)) + 1 = 1 - cos(2 pi 3^k z).
        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var sum = Lanes.zero
            for block in z.indices {
                var (share, frequency) = (1.0, 1.0)
                for _ in 0..<12 {
                    let turns = knee_mul(knee_splat(frequency), z[block])
                    sum = knee_add(sum, knee_mul(knee_splat(share), oneMinusCosine(turns: turns)))
                    (share, frequency) = (0.5 * share, 3 * frequency)
                }
            }
            let mean = knee_sum(sum) / dimension
            return 10 * mean * mean * mean
        }
    }

    /// f17 = (1/(D - 1) sum over i < D of sqrt(s_i) (1 + sin^2(50 s_i^(1/5))))^2 + 10 f_pen(x),
    /// s_i = sqrt(z_i^2 + z_(i+1)^2), z = Lambda^10 Q T_asy^0.5(R (x - x_opt)).
    struct SchaffersF7: Function {
        static let number = 17
        static let title = "Schaffers F7"
        private let ripples: SchaffersRipples
        var optimumPoint: [Double] { ripples.optimumPoint }
        var steps: [Step] { ripples.steps }
        var penalty: Double { 10 }

        init(_ instance: Instance) { ripples = SchaffersRipples(instance, conditioning: 10) }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { ripples.value(z) }
    }

    /// f18: f17 with Lambda^1000.
    struct SchaffersF7IllConditioned: Function {
        static let number = 18
        static let title = "Schaffers F7, moderately ill-conditioned"
        private let ripples: SchaffersRipples
        var optimumPoint: [Double] { ripples.optimumPoint }
        var steps: [Step] { ripples.steps }
        var penalty: Double { 10 }

        init(_ instance: Instance) { ripples = SchaffersRipples(instance, conditioning: 1000) }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { ripples.value(z) }
    }

    /// What f17 and f18 share.
    private struct SchaffersRipples {
        let optimumPoint: [Double]
        let steps: [Step]
        private let hasNext: [Lanes]
        private let pairs: Double

        init(_ instance: Instance, conditioning: Double) {
            optimumPoint = instance.optimumPoint()
            hasNext = instance.hasNext
            pairs = Double(instance.dimension - 1)
            steps =
                turned(instance, about: optimumPoint) + [
                    instance.asymmetry(0.5),
                    .map(LinearMap(instance.q.scalingRows(by: instance.lambda(conditioning)))),
                ]
        }

        func value(_ z: Span<Lanes>) -> Double {
            var sum = Lanes.zero
            for block in z.indices {
                let (own, next) = (z[block], nextLanes(z, block))
                let s = knee_sqrt(knee_add(knee_mul(own, own), knee_mul(next, next)))
                let fifthRoot = exponential(knee_mul(knee_splat(0.2), logarithm(s)))
                let wave = sine(knee_mul(knee_splat(50), fifthRoot))
                let term = knee_mul(knee_sqrt(s), knee_add(knee_splat(1), knee_mul(wave, wave)))
                sum = knee_add(sum, knee_mul(hasNext[block], term))
            }
            let mean = knee_sum(sum) / pairs
            return mean * mean
        }
    }

    /// f19 = 10/(D - 1) sum over i < D of (s_i / 4000 - cos s_i) + 10,
    /// s_i = 100 (z_i^2 - z_(i+1))^2 + (z_i - 1)^2, z = c Q x + 1/2, c = max(1, sqrt(D) / 8).
    struct GriewankRosenbrock: Function {
        static let number = 19
        static let title = "Composite Griewank-Rosenbrock F8F2"
        let optimumPoint: [Double]
        let steps: [Step]
        private let hasNext: [Lanes]
        private let pairs: Double

        init(_ instance: Instance) {
            let turned = TurnedValley(instance)
            optimumPoint = turned.optimumPoint
            steps = turned.steps
            hasNext = instance.hasNext
            pairs = Double(instance.dimension - 1)
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var sum = Lanes.zero
            for block in z.indices {
                let s = rosenbrockTerms(z[block], next: nextLanes(z, block))
                let term = knee_sub(knee_mul(s, knee_splat(1.0 / 4000)), cosine(s))
                sum = knee_add(sum, knee_mul(hasNext[block], term))
            }
            return 10 * knee_sum(sum) / pairs + 10
        }
    }
}
