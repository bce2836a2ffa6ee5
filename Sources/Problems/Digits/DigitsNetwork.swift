import Experts

/// A network with one hidden layer: 64 pixels x, 32 hidden units, a score for each of the 10 classes.
///
///     W_2 relu(W_1 x + b_1) + b_2
///
/// Its answer is the class with the highest score, the first of several.
public struct DigitsNetwork: Sendable, Equatable {
    static let hiddenUnits = 32

    /// Its tensors, in the order of their weights.
    public static let layout: [(name: String, shape: [Int])] = [
        ("hidden.weight", [hiddenUnits, Digit.pixelCount]), ("hidden.bias", [hiddenUnits]),
        ("output.weight", [Digit.classes, hiddenUnits]), ("output.bias", [Digit.classes]),
    ]
    public static let weightCount = layout.reduce(0) { $0 + $1.shape.reduce(1, *) }

    /// All weights, 2410: W_1 row by row (a row a hidden unit), b_1, W_2 row by row (a row a class), b_2.
    public let weights: [Float]

    /// - Precondition: 2410 weights.
    public init(_ weights: [Float]) {
        precondition(
            weights.count == Self.weightCount, "a network of \(Self.weightCount) weights, not \(weights.count)")
        self.weights = weights
    }

    /// What a file of it contains.
    public var tensors: [Tensor] {
        var rest = weights[...]
        return Self.layout.map { name, shape in
            let values = rest.prefix(shape.reduce(1, *))
            rest = rest.dropFirst(values.count)
            return Tensor(name: name, type: .float32, shape: shape, values: values.map(Double.init))
        }
    }
}
