import CSimd
import Inner

/// A randomised Halton sequence in a box, any point of it by its number.
///
/// - Complexity: O(log n) a coordinate of point n.
struct ScrambledHalton: Sendable {
    /// One coordinate's sequence.
    private struct Coordinate {
        let base: UInt64
        /// Its digits' permutations are there, from the first.
        let digits: Range<Int>
        let lower: Double
        let upper: Double
    }

    /// a -> m a + s modulo the base, for one digit.
    private struct Permutation {
        let factor: UInt64
        let shift: UInt64
        /// What the digit counts, and what the digits from this one on add up to where they are 0.
        let scale: Double
        let rest: Double
    }

    private let coordinates: [Coordinate]
    private let permutations: [Permutation]

    /// - Parameter stream: that of the search.
    init(in box: Box, stream: RandomStream) {
        var coordinates: [Coordinate] = []
        var permutations: [Permutation] = []
        for (column, base) in primes(box.dimension).enumerated() {
            var draws = stream.split(.initial, 2, column)
            let scales = sequence(first: 1 / Double(base)) { $0 / Double(base) }.prefix { $0 > 0x1p-54 }
            var own: [Permutation] = []
            let drawn = scales.map { ($0, 1 + draws.index(below: base - 1), draws.index(below: base)) }
            var rest = 0.0
            for (scale, factor, shift) in drawn.reversed() {
                rest += Double(shift) * scale
                own.append(Permutation(factor: UInt64(factor), shift: UInt64(shift), scale: scale, rest: rest))
            }
            coordinates.append(
                Coordinate(
                    base: UInt64(base), digits: permutations.count..<permutations.count + own.count,
                    lower: box.lower[column], upper: box.upper[column]))
            permutations += own.reversed()
        }
        (self.coordinates, self.permutations) = (coordinates, permutations)
    }

    /// Writes point `number` to row `row`; padding is zero.
    func write(_ number: Int, to row: Int, of points: inout MutableSpan<Lanes>) {
        let blocks = blockCount(coordinates.count)
        for block in 0..<blocks {
            var lanes = Lanes.zero
            for lane in 0..<min(8, coordinates.count &- block &* 8) {
                lanes[lane] = value(UInt64(number), coordinates[block &* 8 &+ lane])
            }
            points[row &* blocks &+ block] = lanes
        }
    }

    private func value(_ number: UInt64, _ coordinate: Coordinate) -> Double {
        let base = coordinate.base
        var (left, digit, u) = (number, coordinate.digits.lowerBound, 0.0)
        while left > 0, digit < coordinate.digits.upperBound {
            let (quotient, remainder) = left.quotientAndRemainder(dividingBy: base)
            let permutation = permutations[digit]
            u += Double((permutation.factor &* remainder &+ permutation.shift) % base) * permutation.scale
            (left, digit) = (quotient, digit &+ 1)
        }
        if digit < coordinate.digits.upperBound { u += permutations[digit].rest }
        return min(coordinate.lower + u * (coordinate.upper - coordinate.lower), coordinate.upper)
    }
}

/// The first `count` primes, by the sieve of Eratosthenes.
func primes(_ count: Int) -> [Int] {
    var (limit, found) = (16, [Int]())
    while found.count < count {
        limit *= 2
        var isComposite = [Bool](repeating: false, count: limit)
        found = []
        for number in 2..<limit where !isComposite[number] {
            found.append(number)
            for multiple in stride(from: number * number, to: limit, by: number) { isComposite[multiple] = true }
        }
    }
    return Array(found.prefix(count))
}
