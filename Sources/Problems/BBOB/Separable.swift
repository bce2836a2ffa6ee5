import CSimd
import Inner

// Group 1: separable functions.

extension BBOB {
    /// f1 = sum z_i^2,  z = x - x_opt.
    struct Sphere: Function {
        static let number = 1
        static let title = "Sphere"
        let optimumPoint: [Double]
        var steps: [Step] { [.subtract(paddedRow(optimumPoint))] }

        init(_ instance: Instance) { optimumPoint = instance.optimumPoint() }

        // Not inlined: in a protocol witness alone the vector operations would stay calls.
        @inline(never)
        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { squaredNorm(z) }
    }

    /// f2 = sum 10^(6 i / (D - 1)) z_i^2,  z = T_osz(x - x_opt).
    struct Ellipsoidal: Function {
        static let number = 2
        static let title = "Ellipsoidal, separable"
        let optimumPoint: [Double]
        private let weights: [Lanes]
        var steps: [Step] { [.subtract(paddedRow(optimumPoint)), .oscillate] }

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            weights = paddedRow(instance.powers(1e6))
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { weightedSquares(z, weights.span) }
    }

    /// f3 = 10 (D - sum cos(2 pi z_i)) + |z|^2,  z = Lambda^10 T_asy^0.2 T_osz(x - x_opt).
    struct Rastrigin: Function {
        static let number = 3
        static let title = "Rastrigin, separable"
        let optimumPoint: [Double]
        let steps: [Step]

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            steps = [
                .subtract(paddedRow(optimumPoint)), .oscillate, instance.asymmetry(0.2),
                .scale(paddedRow(instance.lambda(10))),
            ]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { rastrigin(z) }
    }

    /// f4 = 10 (D - sum cos(2 pi z_i)) + sum z_i^2 + 100 f_pen(x),  z_i = s_i T_osz(x - x_opt)_i,
    /// s_i = 10^(i / (2 (D - 1))), and ten times that for even i (from 0) and z_i > 0.
    struct BuecheRastrigin: Function {
        static let number = 4
        static let title = "Bueche-Rastrigin"
        let optimumPoint: [Double]
        private let below: [Lanes]
        private let above: [Lanes]
        var steps: [Step] { [.subtract(paddedRow(optimumPoint)), .oscillate] }
        var penalty: Double { 100 }

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint().enumerated().map { $0 % 2 == 0 ? $1.magnitude : $1 }
            let scales = instance.lambda(10)
            below = paddedRow(scales)
            above = paddedRow(scales.enumerated().map { $0 % 2 == 0 ? 10 * $1 : $1 })
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var sum = Lanes.zero
            for block in z.indices {
                let scale = knee_select(knee_less(.zero, z[block]), above[block], below[block])
                sum = knee_add(sum, rastriginTerms(knee_mul(scale, z[block])))
            }
            return knee_sum(sum)
        }
    }

    /// f5 = sum 5 |s_i| - s_i z_i,  s_i = sign(x_opt_i) 10^(i / (D - 1)), z_i = x_i within the box, else x_opt_i; x_opt
    /// is a corner.
    struct LinearSlope: Function {
        static let number = 5
        static let title = "Linear Slope"
        let optimumPoint: [Double]
        private let corner: [Lanes]
        private let slopes: [Lanes]

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint().map { $0 < 0 ? -5 : 5 }
            corner = paddedRow(optimumPoint)
            slopes = paddedRow(zip(instance.powers(10), optimumPoint).map { $0 * ($1 < 0 ? -1 : 1) })
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var sum = Lanes.zero
            for block in x.indices {
                let isInside = knee_less(knee_mul(x[block], corner[block]), knee_splat(25))
                let z = knee_select(isInside, x[block], corner[block])
                let top = knee_mul(knee_splat(5), knee_abs(slopes[block]))
                sum = knee_add(sum, knee_sub(top, knee_mul(slopes[block], z)))
            }
            return knee_sum(sum)
        }
    }

    // MARK: Shared with other groups

    /// sum w_i z_i^2.
    @inline(__always)
    static func weightedSquares(_ z: Span<Lanes>, _ weights: Span<Lanes>) -> Double {
        var sum = Lanes.zero
        for block in z.indices { sum = knee_add(sum, knee_mul(weights[block], knee_mul(z[block], z[block]))) }
        return knee_sum(sum)
    }

    /// 10 (D - sum cos(2 pi z_i)) + sum z_i^2.
    @inline(__always)
    static func rastrigin(_ z: Span<Lanes>) -> Double {
        var sum = Lanes.zero
        for block in z.indices { sum = knee_add(sum, rastriginTerms(z[block])) }
        return knee_sum(sum)
    }

    /// 10 (1 - cos(2 pi z_i)) + z_i^2.
    @inline(__always)
    private static func rastriginTerms(_ z: Lanes) -> Lanes {
        knee_add(knee_mul(knee_splat(10), oneMinusCosine(turns: z)), knee_mul(z, z))
    }
}
