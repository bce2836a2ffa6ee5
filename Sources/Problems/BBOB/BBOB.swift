import CSimd
import Inner

/// The 24 noiseless functions of the BBOB suite, instance by instance as the suite draws them.
///
/// Every function is f(x) = g(z) + w f_pen(x) + f_opt, where z is x moved, turned and distorted step by step.
/// - SeeAlso: Hansen, Finck, Ros & Auger (2009), Real-parameter black-box optimization benchmarking 2009: noiseless
///   functions definitions, INRIA RR-6829, hal-00362633; Hansen et al. (2021), COCO: a platform for comparing continuous
///   optimizers in a black-box setting, doi:10.1080/10556788.2020.1808977
public enum BBOB {
    /// One function of the suite.
    protocol Function: Sendable {
        static var number: Int { get }
        /// One line for people.
        static var title: String { get }

        init(_ instance: Instance)

        var optimumPoint: [Double] { get }
        /// What leads from x to z.
        var steps: [Step] { get }
        /// w, the weight of f_pen.
        var penalty: Double { get }
        /// g(z). Both rows are padded; x is the point itself, for functions that look at it too.
        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double
    }

    static let functions: [any Function.Type] = [
        Sphere.self, Ellipsoidal.self, Rastrigin.self, BuecheRastrigin.self, LinearSlope.self,
        AttractiveSector.self, StepEllipsoidal.self, Rosenbrock.self, RosenbrockRotated.self,
        EllipsoidalRotated.self, Discus.self, BentCigar.self, SharpRidge.self, DifferentPowers.self,
        RastriginRotated.self, Weierstrass.self, SchaffersF7.self, SchaffersF7IllConditioned.self,
        GriewankRosenbrock.self,
        Schwefel.self, Gallagher101Peaks.self, Gallagher21Peaks.self, Katsuura.self, LunacekBiRastrigin.self,
    ]

    /// The seeds of an instance stay below 2^31 - 1, the modulus of the suite's generator.
    public static let instances = 1...214_648
    /// Rotations are dense: memory grows as D^2, the time to draw an instance as D^3.
    public static let dimensions = 2...2048
}

extension BBOB.Function {
    var steps: [BBOB.Step] { [] }
    var penalty: Double { 0 }
}

extension BBOB {
    /// A function of the suite in one dimension and instance, as a problem in the suite's box [-5, 5]^D.
    public struct Problem: PureProblem {
        public let name: String
        public let box: Box
        public let optimum: Double?
        /// x_opt, where the least value f_opt is taken.
        public var optimumPoint: [Double] { function.optimumPoint }
        private let function: any Function

        /// - Precondition: a number from 1 to 24, a dimension of `BBOB.dimensions`, an instance of `BBOB.instances`.
        public init(number: Int, dimension: Int, instance: Int) {
            precondition((1...functions.count).contains(number), "f\(number) is no function of the suite")
            self.init(functions[number - 1], dimension: dimension, instance: instance)
        }

        init(_ type: any Function.Type, dimension: Int, instance: Int) {
            let drawn = Instance(number: type.number, dimension: dimension, instance: instance)
            name = "bbob/f\(type.number)"
            box = Box(-5...5, dimension: dimension)
            optimum = drawn.optimumValue
            function = type.init(drawn)
        }

        public func makeObjective() -> some Inner.Objective {
            Objective(function, optimum: optimum ?? 0, blocks: blockCount(dimension))
        }
    }

    /// One worker's evaluator, a few rows at a time.
    struct Objective: Inner.Objective {
        private let function: any Function
        private let steps: [Step]
        private let weight: Double
        private let optimum: Double
        private let blocks: Int
        private var z: [Lanes]
        private var spare: [Lanes]

        init(_ function: any Function, optimum: Double, blocks: Int) {
            self.function = function
            self.optimum = optimum
            self.blocks = blocks
            steps = function.steps
            weight = function.penalty
            z = Array(repeating: .zero, count: LinearMap.rowsAtOnce * blocks)
            spare = z
        }

        mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
            var first = 0
            while first < values.count {
                let rows = min(LinearMap.rowsAtOnce, values.count &- first)
                let x = points.extracting(first &* blocks..<(first &+ rows) &* blocks)
                transform(x, rows: rows)
                let z = self.z.span
                for row in 0..<rows {
                    let own = row &* blocks..<(row &+ 1) &* blocks
                    let g = function.value(z.extracting(own), at: x.extracting(own))
                    values[first &+ row] = g + penalty(x.extracting(own)) + optimum
                }
                first &+= rows
            }
        }

        /// Writes z of `rows` rows.
        private mutating func transform(_ x: Span<Lanes>, rows: Int) {
            var out = z.mutableSpan
            for block in x.indices { out[block] = x[block] }
            for step in steps { step.apply(to: &z, spare: &spare, rows: rows, blocks: blocks) }
        }

        /// w f_pen(x) = w sum max(0, |x_i| - 5)^2.
        private func penalty(_ x: Span<Lanes>) -> Double {
            guard weight > 0 else { return 0 }
            var sum = Lanes.zero
            for block in x.indices {
                let beyond = knee_max(knee_sub(knee_abs(x[block]), knee_splat(5)), .zero)
                sum = knee_add(sum, knee_mul(beyond, beyond))
            }
            return weight * knee_sum(sum)
        }
    }
}
