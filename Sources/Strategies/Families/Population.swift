import CSimd
import Inner

/// What a differential evolution keeps: vectors of the box, one padded row each, and their values.
struct Population: Sendable {
    let size: Int
    let dimension: Int
    /// Blocks of eight a row takes.
    let blocks: Int
    /// The box, one row each.
    let lower: [Lanes]
    let upper: [Lanes]
    var vectors: [Lanes]
    var values: [Double]
    private let initial: InitialPoints

    init(size: Int, in box: Box, stream: RandomStream) {
        self.size = size
        dimension = box.dimension
        blocks = blockCount(box.dimension)
        lower = paddedRow(box.lower)
        upper = paddedRow(box.upper)
        vectors = Array(repeating: .zero, count: size * blocks)
        values = Array(repeating: .infinity, count: size)
        initial = InitialPoints(in: box, stream: stream)
    }

    /// Block `block` of vector `number`.
    @inline(__always)
    subscript(_ number: Int, _ block: Int) -> Lanes { vectors[number &* blocks &+ block] }

    /// Writes initial points.
    func scatter(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>) {
        for row in rows {
            for block in 0..<blocks { points[row &* blocks &+ block] = initial(row, block: block) }
        }
    }

    /// Puts point `number` of a generation in the place of vector `number`.
    mutating func replace(_ number: Int, by points: Span<Lanes>, value: Double) {
        values[number] = value
        for row in number &* blocks..<(number &+ 1) &* blocks { vectors[row] = points[row] }
    }
}

/// Binomial crossover of one vector: which coordinates come from the mutant.
struct Crossover {
    /// CR: the probability of each coordinate but one.
    let rate: Double
    /// The coordinate that always does.
    let certain: Int
    let key: UInt64

    /// Mutant or parent, lane by lane, for this block of the row.
    @inline(__always)
    func callAsFunction(_ block: Int, mutant: Lanes, parent: Lanes) -> Lanes {
        var u = knee_uniform52(knee_splitmix(key, UInt64(block &* 8)))
        if certain / 8 == block { u[certain % 8] = -1 }
        return knee_select(knee_less(u, knee_splat(rate)), mutant, parent)
    }
}

extension RandomStream {
    /// A uniform integer in 0 ..< bound that is none of these.
    ///
    /// - Precondition: there is one.
    mutating func index(below bound: Int, besides first: Int, _ second: Int = -1, _ third: Int = -1) -> Int {
        while true {
            let drawn = index(below: bound)
            if drawn != first, drawn != second, drawn != third { return drawn }
        }
    }
}
