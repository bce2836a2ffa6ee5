import Inner

/// Which digits are for what, by their places in `Digit.all`: a random division, every pool's own.
public struct DigitsSplit: Sendable, Equatable {
    /// 1000, to train experts with.
    public let training: [Int]
    /// 200, to search with.
    public let validation: [Int]
    /// 597, for the verdict alone.
    public let test: [Int]

    public init(pool: Int) {
        var stream = DigitsPool.stream(pool, .split)
        let digits = stream.sample(Digit.all.count, of: Array(Digit.all.indices))
        (training, validation, test) = (Array(digits[..<1000]), Array(digits[1000..<1200]), Array(digits[1200...]))
    }
}
