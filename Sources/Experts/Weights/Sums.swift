extension Weight {
    /// Sums of nothing: -0, for -0 + x is x, of both zeros too.
    static func clear(_ sums: UnsafeMutableRawPointer, count: Int) {
        sums.initializeMemory(as: Sum.self, repeating: -0.0, count: count)
    }

    /// How many of these numbers are infinite or no numbers at all.
    static func nonFiniteCount(_ stored: UnsafeRawPointer, count: Int) -> Int {
        let stored = stored.assumingMemoryBound(to: Bits.self)
        var found = 0
        for j in 0..<count { found &+= number(stored[j]).isFinite ? 0 : 1 }
        return found
    }
}
