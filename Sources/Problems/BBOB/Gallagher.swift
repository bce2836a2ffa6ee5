import CSimd
import Inner
import RealModule

// Group 5, continued: Gallagher's Gaussian peaks.

extension BBOB {
    /// f21: 101 peaks, the highest with a condition number of about 30.
    struct Gallagher101Peaks: Function {
        static let number = 21
        static let title = "Gallagher's Gaussian 101-me Peaks"
        private let peaks: GaussianPeaks
        var optimumPoint: [Double] { peaks.optimumPoint }
        var steps: [Step] { peaks.steps }
        var penalty: Double { 1 }

        init(_ instance: Instance) {
            peaks = GaussianPeaks(instance, count: 101, highest: 1000, spread: 10)
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { peaks.value(z) }
    }

    /// f22: 21 peaks, the highest with a condition number of about 1000.
    struct Gallagher21Peaks: Function {
        static let number = 22
        static let title = "Gallagher's Gaussian 21-hi Peaks"
        private let peaks: GaussianPeaks
        var optimumPoint: [Double] { peaks.optimumPoint }
        var steps: [Step] { peaks.steps }
        var penalty: Double { 1 }

        init(_ instance: Instance) {
            peaks = GaussianPeaks(instance, count: 21, highest: 1e6, spread: 9.8)
        }

        func value(_ z: Span<Lanes>, at x: Span<Lanes>) -> Double { peaks.value(z) }
    }

    /// g = T_osz(10 - max_i w_i exp(-1/(2 D) (x - y_i)' Q' C_i Q (x - y_i)))^2 + f_pen(x),
    /// C_i = a permutation of the diagonal of Lambda^alpha_i, over alpha_i^(1/4); w_1 = 10 and the others rise from 1.1
    /// to 9.1; alpha_1 as told, the others a permutation of 1000^(2 j / (peaks - 2)).
    ///
    /// Here z = Q x, and eight peaks are computed at once.
    private struct GaussianPeaks {
        let optimumPoint: [Double]
        let steps: [Step]
        private let dimension: Int
        /// Heights w, eight peaks a block; those that pad the last are 0.
        private let heights: [Lanes]
        /// Q y_i and the diagonal of C_i: for every block of peaks all coordinates, one after the other.
        private let centres: [Lanes]
        private let curvatures: [Lanes]

        init(_ instance: Instance, count: Int, highest: Double, spread: Double) {
            let (d, seed) = (instance.dimension, instance.seed)
            let q = instance.q
            // sqrt(alpha): the suite's own order of the rounding.
            let order = SuiteRandom.order(SuiteRandom.uniforms(count - 1, seed: seed))
            let roots = [highest.squareRoot()] + order.map { Double.pow(1000, Double($0) / Double(count - 2)) }
            let positions = SuiteRandom.uniforms(d * count, seed: seed).map { spread * $0 - 0.5 * spread }
            let points = (0..<count).map { peak in
                positions[peak * d..<(peak + 1) * d].map { peak == 0 ? 0.8 * $0 : $0 }
            }
            let diagonals = (0..<count).map { peak in
                SuiteRandom.order(SuiteRandom.uniforms(d, seed: seed + 1000 * peak)).map {
                    Double.pow(roots[peak], Double($0) / Double(d - 1) - 0.5)
                }
            }
            dimension = d
            optimumPoint = points[0]
            steps = [.map(LinearMap(q))]
            heights = paddedRow([10] + (0..<count - 1).map { 1.1 + 8 * Double($0) / Double(count - 2) })
            centres = Self.transposed(points.map(q.times), d)
            curvatures = Self.transposed(diagonals, d)
        }

        func value(_ z: Span<Lanes>) -> Double {
            let factor = knee_splat(-0.5 / Double(dimension))
            let (centres, curvatures) = (centres.span, curvatures.span)
            var highest = Lanes.zero
            for block in heights.indices {
                var distance = Lanes.zero
                for j in 0..<dimension {
                    let away = knee_sub(knee_splat(z[j / 8][j % 8]), centres[block &* dimension &+ j])
                    distance = knee_add(distance, knee_mul(curvatures[block &* dimension &+ j], knee_mul(away, away)))
                }
                let peak = knee_mul(heights[block], exponential(knee_mul(factor, distance)))
                highest = knee_max(highest, peak)
            }
            var top = 0.0
            for lane in 0..<8 { top = max(top, highest[lane]) }
            let depth = oscillated(10 - top)
            return depth * depth
        }

        /// Coordinate by coordinate, eight peaks a block.
        private static func transposed(_ peaks: [[Double]], _ dimension: Int) -> [Lanes] {
            (0..<blockCount(peaks.count)).flatMap { block in
                (0..<dimension).map { j in
                    var lanes = Lanes.zero
                    for peak in 8 * block..<min(8 * block + 8, peaks.count) { lanes[peak - 8 * block] = peaks[peak][j] }
                    return lanes
                }
            }
        }
    }
}
