import CSimd
import Inner

// Group 3: unimodal functions with high conditioning.

extension BBOB {
    /// R (x - x_opt): how most functions begin that are not separable.
    static func turned(_ instance: Instance, about optimum: [Double]) -> [Step] {
        [.subtract(paddedRow(optimum)), .map(LinearMap(instance.r))]
    }

    /// f10 = sum 10^(6 i / (D - 1)) z_i^2,  z = T_osz(R (x - x_opt)).
    struct EllipsoidalRotated: Function {
        static let number = 10
        static let title = "Ellipsoidal, rotated"
        let optimumPoint: [Double]
        private let weights: [Lanes]
        let steps: [Step]

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            weights = paddedRow(instance.powers(1e6))
            steps = turned(instance, about: optimumPoint) + [.oscillate]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { weightedSquares(z, weights.span) }
    }

    /// f11 = 10^6 z_1^2 + sum over i > 1 of z_i^2,  z = T_osz(R (x - x_opt)).
    struct Discus: Function {
        static let number = 11
        static let title = "Discus"
        let optimumPoint: [Double]
        let steps: [Step]

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            steps = turned(instance, about: optimumPoint) + [.oscillate]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            squaredNorm(z) + (1e6 - 1) * z[0][0] * z[0][0]
        }
    }

    /// f12 = z_1^2 + 10^6 sum over i > 1 of z_i^2,  z = R T_asy^0.5(R (x - x_opt)).
    struct BentCigar: Function {
        static let number = 12
        static let title = "Bent Cigar"
        let optimumPoint: [Double]
        let steps: [Step]

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint(seedOffset: 1_000_000)
            steps = turned(instance, about: optimumPoint) + [instance.asymmetry(0.5), .map(LinearMap(instance.r))]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            let first = z[0][0] * z[0][0]
            return first + 1e6 * squaresButFirst(z)
        }
    }

    /// f13 = z_1^2 + 100 sqrt(sum over i > 1 of z_i^2),  z = R Lambda^10 Q (x - x_opt).
    struct SharpRidge: Function {
        static let number = 13
        static let title = "Sharp Ridge"
        let optimumPoint: [Double]
        let steps: [Step]

        init(_ instance: Instance) {
            optimumPoint = instance.optimumPoint()
            let matrix = instance.r.times(instance.q.scalingRows(by: instance.lambda(10)))
            steps = [.subtract(paddedRow(optimumPoint)), .map(LinearMap(matrix))]
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            z[0][0] * z[0][0] + 100 * squaresButFirst(z).squareRoot()
        }
    }

    /// f14 = sqrt(sum |z_i|^(2 + 4 i / (D - 1))),  z = R (x - x_opt).
    struct DifferentPowers: Function {
        static let number = 14
        static let title = "Different Powers"
        let optimumPoint: [Double]
        private let exponents: [Lanes]
        let steps: [Step]

        init(_ instance: Instance) {
            let last = Double(instance.dimension - 1)
            optimumPoint = instance.optimumPoint()
            exponents = paddedRow((0..<instance.dimension).map { 2 + 4 * Double($0) / last })
            steps = turned(instance, about: optimumPoint)
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double {
            var sum = Lanes.zero
            for block in z.indices {
                let magnitude = knee_abs(z[block])
                let power = exponential(knee_mul(exponents[block], logarithm(magnitude)))
                sum = knee_add(sum, knee_select(knee_less(.zero, magnitude), power, .zero))
            }
            return knee_sum(sum).squareRoot()
        }
    }

    /// sum over i > 1 of z_i^2.
    private static func squaresButFirst(_ z: Span<Lanes>) -> Double {
        var sum = Lanes.zero
        for block in z.indices {
            var lanes = z[block]
            if block == 0 { lanes[0] = 0 }
            sum = knee_add(sum, knee_mul(lanes, lanes))
        }
        return knee_sum(sum)
    }
}
