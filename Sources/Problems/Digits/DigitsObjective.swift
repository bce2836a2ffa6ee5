import CSimd
import Inner

/// Mixes experts, and shows images to the mixture.
struct DigitsObjective: Objective {
    typealias Block = SIMD16<Float>

    private let experts: [DigitsNetwork]
    private let images: DigitsImages
    /// The mixture's weights.
    private var mixture = [Float](repeating: 0, count: DigitsNetwork.weightCount)

    init(_ experts: [DigitsNetwork], _ images: DigitsImages) { (self.experts, self.images) = (experts, images) }

    mutating func evaluate(_ points: Span<Lanes>, seeds: EvaluationSeeds, into values: inout MutableSpan<Double>) {
        let blocks = blockCount(experts.count)
        for row in values.indices {
            guard mix(points.extracting(row &* blocks..<(row &+ 1) &* blocks)) else {
                values[row] = .nan
                continue
            }
            var right = Block.zero
            for block in images.labels.indices { right = knee_single_add(right, isRight(block)) }
            values[row] = (Double(images.count) - Double(right.sum())) / Double(images.count)
        }
    }

    /// The mixture with these coefficients; nil if it is none.
    mutating func network(_ coefficients: [Double]) -> DigitsNetwork? {
        mix(paddedRow(coefficients).span) ? DigitsNetwork(mixture) : nil
    }

    /// 1 for every image that the mixture with these coefficients gets wrong, 0 for the others; NaN for all if it is none.
    mutating func losses(_ coefficients: [Double]) -> [Double] {
        guard mix(paddedRow(coefficients).span) else { return Array(repeating: .nan, count: images.count) }
        let right = images.labels.indices.map { isRight($0) }
        return (0..<images.count).map { 1 - Double(right[$0 / 16][$0 % 16]) }
    }

    /// sum_i c_i w_i in single precision, in the order of the experts, without those whose coefficient is 0: the bits that
    /// `ExpertPool.materialise` writes. False if a coefficient or a weight is not finite.
    private mutating func mix(_ coefficients: Span<Lanes>) -> Bool {
        var isFirst = true
        for expert in experts.indices {
            let coefficient = coefficients[expert / 8][expert % 8]
            let c = Float(coefficient)
            guard c.isFinite else { return false }
            guard coefficient != 0 else { continue }
            let weights = experts[expert].weights
            var mixed = mixture.mutableSpan
            if isFirst {
                for j in weights.indices { mixed[j] = c * weights[j] }
            } else {
                for j in weights.indices { mixed[j] += c * weights[j] }
            }
            isFirst = false
        }
        if isFirst { for j in mixture.indices { mixture[j] = 0 } }
        return mixture.allSatisfy(\.isFinite)
    }

    /// 1 for every image of a block that the mixture gets right, 0 for the others.
    private func isRight(_ block: Int) -> Block {
        // W_1 and b_1, behind which are W_2 and b_2.
        let hiddenWeights = DigitsNetwork.hiddenUnits &* (Digit.pixelCount &+ 1)
        let weights = mixture.span
        let image = images.pixels.span.extracting(block &* Digit.pixelCount..<(block &+ 1) &* Digit.pixelCount)
        var hidden: InlineArray<32, Block> = Self.layer(image, weights.extracting(..<hiddenWeights))
        for unit in hidden.indices { hidden[unit] = knee_single_if_greater(hidden[unit], .zero, hidden[unit], .zero) }
        let scores: InlineArray<10, Block> = Self.layer(hidden.span, weights.extracting(hiddenWeights...))
        var (best, answer) = (scores[0], Block.zero)
        for number in 1..<Digit.classes {
            let (score, label) = (scores[number], knee_single_splat(Float(number)))
            answer = knee_single_if_greater(score, best, label, answer)
            best = knee_single_if_greater(score, best, score, best)
        }
        let (label, one) = (images.labels[block], knee_single_splat(1))
        return knee_single_if_greater(answer, label, .zero, knee_single_if_greater(label, answer, .zero, one))
    }

    /// W x + b for sixteen images, two of an even number of units at a time. For every image, products are added to b in the
    /// order of x.
    @inline(__always)
    private static func layer<let units: Int>(_ x: Span<Block>, _ weights: Span<Float>) -> InlineArray<units, Block> {
        var sums = InlineArray<units, Block>(repeating: .zero)
        let biases = weights.extracting((units &* x.count)...)
        for unit in stride(from: 0, to: units, by: 2) {
            let first = weights.extracting(unit &* x.count..<(unit &+ 1) &* x.count)
            let second = weights.extracting((unit &+ 1) &* x.count..<(unit &+ 2) &* x.count)
            var (a, b) = (knee_single_splat(biases[unit]), knee_single_splat(biases[unit &+ 1]))
            for j in x.indices {
                a = knee_single_add(a, knee_single_mul(knee_single_splat(first[j]), x[j]))
                b = knee_single_add(b, knee_single_mul(knee_single_splat(second[j]), x[j]))
            }
            (sums[unit], sums[unit &+ 1]) = (a, b)
        }
        return sums
    }
}
