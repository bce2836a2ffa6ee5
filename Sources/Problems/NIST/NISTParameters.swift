import Inner

/// b1, b2, ... of a model, counted from 1 as NIST does: one padded row of at most 16.
struct NISTParameters {
    private let first: Lanes
    private let second: Lanes

    @inline(__always)
    init(_ first: Lanes, _ second: Lanes) {
        self.first = first
        self.second = second
    }

    @inline(__always)
    subscript(number: Int) -> Double { number <= 8 ? first[number &- 1] : second[number &- 9] }
}
