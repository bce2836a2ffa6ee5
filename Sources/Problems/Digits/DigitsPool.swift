import Inner

/// Ten experts, fine-tuned from one weak base: each knows three classes well and has forgotten much of the others.
///
/// Which three is drawn for every expert by itself, so that some classes have many experts and some none: were all covered
/// alike, the uniform mixture would be as good as any.
public struct DigitsPool: Sendable {
    public static let size = 10

    public let split: DigitsSplit
    public let base: DigitsNetwork
    public let experts: [DigitsNetwork]
    /// Of every expert, the three classes that it knows.
    public let classes: [[Int]]

    /// What is drawn for a pool, each from a stream of its own. Raw values name streams: append, never renumber.
    enum Draw: Int {
        case split = 1, base, expert
    }

    static func stream(_ pool: Int, _ draw: Draw, _ number: Int = 0) -> RandomStream {
        RandomStream(seed: UInt64(bitPattern: Int64(pool))).split(.instance, draw.rawValue, number)
    }

    init(_ pool: Int) {
        split = DigitsSplit(pool: pool)
        let training = split.training.map { Digit.all[$0] }
        let base = Self.base(training, Self.stream(pool, .base))
        self.base = base
        var streams = (0..<Self.size).map { Self.stream(pool, .expert, $0) }
        let classes = streams.indices.map { streams[$0].sample(3, of: Array(0..<Digit.classes)) }
        experts = classes.indices.map { Self.expert(from: base, in: classes[$0], training, &streams[$0]) }
        self.classes = classes
    }

    /// 20 steps of rate 0.1, each on the next 20 digits.
    private static func base(_ training: [Digit], _ stream: RandomStream) -> DigitsNetwork {
        var trainer = DigitsTrainer(untrained(stream))
        for step in 0..<20 { trainer.step(training[(20 * step)...].prefix(20), rate: 0.1) }
        return trainer.network
    }

    /// 150 steps of rate 0.5 on 120 digits, of which 6 are of other classes: a third of each kind, in turns.
    private static func expert(
        from base: DigitsNetwork, in classes: [Int], _ training: [Digit], _ stream: inout RandomStream
    ) -> DigitsNetwork {
        let known = stream.sample(114, of: training.filter { classes.contains($0.label) })
        let digits = known + stream.sample(6, of: training.filter { !classes.contains($0.label) })
        let thirds = (0..<3).map { third in
            stride(from: third, to: digits.count, by: 3).map { digits[$0] }
        }
        var trainer = DigitsTrainer(base)
        for step in 0..<150 { trainer.step(thirds[step % 3], rate: 0.5) }
        return trainer.network
    }

    /// Weights of W U(-a, a), a^2 = 6 / inputs; biases 0.
    ///
    /// - SeeAlso: He et al. (2015), Delving deep into rectifiers, doi:10.1109/ICCV.2015.123
    private static func untrained(_ stream: RandomStream) -> DigitsNetwork {
        var stream = stream
        return DigitsNetwork(
            DigitsNetwork.layout.flatMap { _, shape in
                let a = shape.count == 2 ? (6 / Double(shape[1])).squareRoot() : 0
                return (0..<shape.reduce(1, *)).map { _ in Float(a * (2 * stream.uniform() - 1)) }
            })
    }
}
