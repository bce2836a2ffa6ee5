import CSimd
import Inner
import RealModule

// Group 5: multi-modal functions with weak global structure. Gallagher's are in a file of their own.

extension BBOB {
    /// f20 = 4.189828872724339 - 1/(100 D) sum z_i sin(sqrt|z_i|) + 100 f_pen(z / 100),
    /// z = 100 (Lambda^10 (u - 2 |x_opt|) + 2 |x_opt|),  u_i = v_i + (v_(i-1) - 2 |x_opt_(i-1)|) / 4,  v = 2 sign(x_opt) x.
    struct Schwefel: Function {
        static let number = 20
        static let title = "Schwefel x sin(x)"
        let optimumPoint: [Double]
        private let signs: [Lanes]
        /// 2 |x_opt|
        private let spot: [Lanes]
        private let lambda: [Lanes]
        private let dimension: Double

        init(_ instance: Instance) {
            let half = 0.5 * 4.2096874637
            optimumPoint = SuiteRandom.uniforms(instance.dimension, seed: instance.seed).map {
                $0 < 0.5 ? -half : half
            }
            signs = paddedRow(optimumPoint.map { $0 < 0 ? -2 : 2 })
            spot = paddedRow(optimumPoint.map { 2 * $0.magnitude })
            lambda = paddedRow(instance.lambda(10))
            dimension = Double(instance.dimension)
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var (sum, penalty) = (Lanes.zero, Lanes.zero)
            var before = Lanes.zero
            for block in x.indices {
                let away = knee_sub(knee_mul(signs[block], x[block]), spot[block])
                let chained = knee_add(away, knee_mul(knee_splat(0.25), knee_previous_lanes(before, away)))
                before = away
                let stretched = knee_add(knee_mul(lambda[block], chained), spot[block])
                let z = knee_mul(knee_splat(100), stretched)
                let magnitude = knee_abs(z)
                sum = knee_add(sum, knee_mul(z, sine(knee_sqrt(magnitude))))
                let beyond = knee_max(knee_sub(magnitude, knee_splat(500)), .zero)
                penalty = knee_add(penalty, knee_mul(beyond, beyond))
            }
            return 0.01 * (418.9828872724339 - knee_sum(sum) / dimension + knee_sum(penalty))
        }
    }

    /// f23 = 10/D^2 prod (1 + i sum_(j = 1 ... 32) |2^j z_i - round(2^j z_i)| / 2^j)^(10 / D^1.2) - 10/D^2 + f_pen(x),
    /// i from 1, z = R Lambda^100 Q (x - x_opt).
    struct Katsuura: Function {
        static let number = 23
        static let title = "Katsuura"
        let optimumPoint: [Double]
        let steps: [Step]
        private let numbers: [Lanes]
        private let dimension: Double
        var penalty: Double { 1 }

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            numbers = paddedRow((1...instance.dimension).map(Double.init))
            dimension = Double(instance.dimension)
            let matrix = instance.r.times(instance.q.scalingRows(by: instance.lambda(100)))
            steps = [.subtract(paddedRow(optimumPoint)), .map(LinearMap(matrix))]
        }

        /// The product as the exponential of a sum of logarithms.
        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var logarithms = Lanes.zero
            for block in z.indices {
                var roughness = Lanes.zero
                var (doubled, share) = (z[block], 1.0)
                for _ in 1...32 {
                    (doubled, share) = (knee_add(doubled, doubled), 0.5 * share)
                    let distance = knee_abs(knee_sub(doubled, nearestWhole(doubled)))
                    roughness = knee_add(roughness, knee_mul(distance, knee_splat(share)))
                }
                let factor = knee_add(knee_splat(1), knee_mul(numbers[block], roughness))
                logarithms = knee_add(logarithms, logarithm(factor))
            }
            let power = 10 / Double.pow(dimension, 1.2)
            return 10 / (dimension * dimension) * Double.expMinusOne(power * knee_sum(logarithms))
        }
    }

    /// f24 = min(sum (u_i - m0)^2, D + s sum (u_i - m1)^2) + 10 (D - sum cos(2 pi z_i)) + 10^4 f_pen(x),
    /// u = 2 sign(x_opt) x,  z = R Lambda^100 Q (u - m0),  m0 = 2.5,  s = 1 - 1 / (2 sqrt(D + 20) - 8.2),
    /// m1 = -sqrt((m0^2 - 1) / s).
    struct LunacekBiRastrigin: Function {
        static let number = 24
        static let title = "Lunacek bi-Rastrigin"
        let optimumPoint: [Double]
        let steps: [Step]
        private let signs: [Lanes]
        private let near: [Lanes]
        private let far: [Lanes]
        private let farScale: Double
        private let dimension: Double
        var penalty: Double { 1e4 }

        init(_ instance: Instance) {
            let m0 = 2.5
            optimumPoint = SuiteRandom.normals(instance.dimension, seed: instance.seed).map {
                $0 < 0 ? -0.5 * m0 : 0.5 * m0
            }
            dimension = Double(instance.dimension)
            farScale = 1 - 1 / (2 * (dimension + 20).squareRoot() - 8.2)
            signs = paddedRow(optimumPoint.map { $0 < 0 ? -2 : 2 })
            near = instance.constant(m0)
            far = instance.constant(-((m0 * m0 - 1) / farScale).squareRoot())
            let matrix = instance.r.times(instance.q.scalingRows(by: instance.lambda(100)))
            steps = [.scale(signs), .subtract(near), .map(LinearMap(matrix))]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var (toNear, toFar, ripple) = (Lanes.zero, Lanes.zero, Lanes.zero)
            for block in z.indices {
                let u = knee_mul(signs[block], x[block])
                let (a, b) = (knee_sub(u, near[block]), knee_sub(u, far[block]))
                toNear = knee_add(toNear, knee_mul(a, a))
                toFar = knee_add(toFar, knee_mul(b, b))
                ripple = knee_add(ripple, oneMinusCosine(turns: z[block]))
            }
            return min(knee_sum(toNear), dimension + farScale * knee_sum(toFar)) + 10 * knee_sum(ripple)
        }
    }
}
