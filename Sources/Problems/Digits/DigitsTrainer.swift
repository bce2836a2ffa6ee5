import CSimd
import Inner

/// Trains a network by gradient descent on the cross entropy, in double precision.
///
/// Additions, multiplications and divisions in a fixed order, so that the weights are the same on every machine.
package struct DigitsTrainer {
    /// Blocks of a row, which holds a number a hidden unit.
    private static let unitBlocks = blockCount(DigitsNetwork.hiddenUnits)
    /// The row of b_1: that of a pixel that is always 1.
    private static let bias = Digit.pixelCount
    /// The first row of W_2.
    private static let outputs = bias + 1
    /// The block where b_2 begins.
    private static let outputBias = (outputs + Digit.classes) * unitBlocks
    private static let blocks = outputBias + blockCount(Digit.classes)
    /// 1 for a class, 0 in the padding.
    private static let isClass = paddedRow(Array(repeating: 1.0, count: Digit.classes))

    /// W_1, a row a pixel, b_1, W_2, a row a class, and b_2.
    private var weights = [Lanes](repeating: .zero, count: blocks)
    private var gradient = [Lanes](repeating: .zero, count: blocks)
    /// Of one digit: what the hidden units say, and the slope of its loss by what they are told.
    private var hidden = [Lanes](repeating: .zero, count: unitBlocks)
    private var slope = [Lanes](repeating: .zero, count: unitBlocks)

    /// Begins with this network.
    package init(_ network: DigitsNetwork) {
        for (index, weight) in network.weights.enumerated() {
            let (block, lane) = Self.place(index)
            weights[block][lane] = Double(weight)
        }
    }

    /// The network, rounded to single precision.
    package var network: DigitsNetwork {
        DigitsNetwork(
            (0..<DigitsNetwork.weightCount).map { index in
                let (block, lane) = Self.place(index)
                return Float(weights[block][lane])
            })
    }

    /// Where weight `index` of a network lies.
    private static func place(_ index: Int) -> (block: Int, lane: Int) {
        let units = DigitsNetwork.hiddenUnits
        let (hiddenBias, output) = (index - units * Digit.pixelCount, index - units * outputs)
        func place(_ row: Int, _ unit: Int) -> (Int, Int) { (row * unitBlocks + unit / 8, unit % 8) }
        if hiddenBias < 0 { return place(index % Digit.pixelCount, index / Digit.pixelCount) }
        if output < 0 { return place(bias, hiddenBias) }
        let label = output - units * Digit.classes
        return label < 0
            ? place(outputs + output / units, output % units) : (outputBias + label / 8, label % 8)
    }

    /// w <- w - `rate` g,  g the mean over these digits of the gradient of -log softmax(scores) at their labels.
    package mutating func step(_ digits: some Collection<Digit>, rate: Double) {
        for block in gradient.indices { gradient[block] = .zero }
        for digit in digits { addGradient(digit) }
        let length = knee_splat(rate / Double(digits.count))
        for block in weights.indices {
            weights[block] = knee_sub(weights[block], knee_mul(length, gradient[block]))
        }
    }

    private mutating func addGradient(_ digit: Digit) {
        for block in 0..<Self.unitBlocks { (hidden[block], slope[block]) = (.zero, .zero) }
        Self.add(weights, row: Self.bias, times: 1, to: &hidden)
        for (pixel, ink) in digit.pixels.enumerated() where ink != 0 {
            Self.add(weights, row: pixel, times: Double(ink), to: &hidden)
        }
        for block in 0..<Self.unitBlocks { hidden[block] = knee_max(.zero, hidden[block]) }

        var output = softmax()
        output[digit.label / 8][digit.label % 8] -= 1
        for (block, part) in output.enumerated() {
            gradient[Self.outputBias &+ block] = knee_add(gradient[Self.outputBias &+ block], part)
        }
        for label in 0..<Digit.classes {
            let part = output[label / 8][label % 8]
            Self.add(weights, row: Self.outputs + label, times: part, to: &slope)
            Self.add(hidden, times: part, to: &gradient, atRow: Self.outputs + label)
        }

        for block in 0..<Self.unitBlocks {
            slope[block] = knee_select(knee_less(.zero, hidden[block]), slope[block], .zero)
        }
        for (pixel, ink) in digit.pixels.enumerated() where ink != 0 {
            Self.add(slope, times: Double(ink), to: &gradient, atRow: pixel)
        }
        Self.add(slope, times: 1, to: &gradient, atRow: Self.bias)
    }

    /// exp(s_i) / sum_j exp(s_j) of the scores s = W_2 hidden + b_2; 0 in the padding.
    private func softmax() -> [Lanes] {
        var scores = [Lanes](repeating: .zero, count: Self.isClass.count)
        var highest = -Double.infinity
        for label in 0..<Digit.classes {
            var sum = Lanes.zero
            for block in 0..<Self.unitBlocks {
                let weight = weights[(Self.outputs + label) * Self.unitBlocks + block]
                sum = knee_add(sum, knee_mul(weight, hidden[block]))
            }
            let score = knee_sum(sum) + weights[Self.outputBias + label / 8][label % 8]
            scores[label / 8][label % 8] = score
            highest = max(highest, score)
        }
        var total = Lanes.zero
        for block in scores.indices {
            scores[block] = knee_mul(exponential(knee_sub(scores[block], knee_splat(highest))), Self.isClass[block])
            total = knee_add(total, scores[block])
        }
        let sum = knee_splat(knee_sum(total))
        return scores.map { knee_div($0, sum) }
    }

    /// target[row] += a source[row], rows of hidden units.
    @inline(__always)
    private static func add(
        _ source: [Lanes], row: Int = 0, times a: Double, to target: inout [Lanes], atRow other: Int = 0
    ) {
        let a = knee_splat(a)
        for block in 0..<unitBlocks {
            let place = other &* unitBlocks &+ block
            target[place] = knee_add(target[place], knee_mul(a, source[row &* unitBlocks &+ block]))
        }
    }
}
