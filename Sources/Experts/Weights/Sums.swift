extension Weight {
    /// sums = c w
    static func scale(
        _ stored: UnsafeRawPointer, by coefficient: Double, count: Int, into sums: UnsafeMutableRawPointer
    ) {
        let (stored, sums) = (stored.assumingMemoryBound(to: Bits.self), sums.assumingMemoryBound(to: Sum.self))
        let coefficient = Sum(coefficient)
        for j in 0..<count { sums[j] = coefficient * number(stored[j]) }
    }

    /// sums += c w
    static func add(
        _ stored: UnsafeRawPointer, times coefficient: Double, count: Int, to sums: UnsafeMutableRawPointer
    ) {
        let (stored, sums) = (stored.assumingMemoryBound(to: Bits.self), sums.assumingMemoryBound(to: Sum.self))
        let coefficient = Sum(coefficient)
        for j in 0..<count { sums[j] += coefficient * number(stored[j]) }
    }

    static func round(_ sums: UnsafeRawPointer, count: Int, into stored: UnsafeMutableRawPointer) {
        let (sums, stored) = (sums.assumingMemoryBound(to: Sum.self), stored.assumingMemoryBound(to: Bits.self))
        for j in 0..<count { stored[j] = bits(sums[j]) }
    }

    /// How many of these numbers are infinite or no numbers at all.
    static func nonFiniteCount(_ stored: UnsafeRawPointer, count: Int) -> Int {
        let stored = stored.assumingMemoryBound(to: Bits.self)
        var found = 0
        for j in 0..<count { found &+= number(stored[j]).isFinite ? 0 : 1 }
        return found
    }
}
