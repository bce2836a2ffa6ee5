/// A recipe for searches. A family's factories read like `.particleSwarm(size: 30, topology: .ring())`.
public protocol SearchFamily: Sendable {
    var name: String { get }
    /// True if anything in a run depends on its horizon, so that a run of T is not a prefix of a run of 2T.
    var isHorizonBound: Bool { get }
    /// A fresh search.
    ///
    /// - Parameter horizon: evaluations the search may spend; only horizon-bound families look at it.
    func makeSearch(in box: Box, horizon: Int, stream: RandomStream) -> any Search
}

/// One search in ask/tell form: it draws a generation into a buffer, part by part, and later absorbs its values.
///
/// The caller owns the buffer and hands the same rows, unchanged, to every call, so that a search may keep its
/// positions in it.
public protocol Search: Sendable {
    /// Points of the next generation, at least one.
    var generationSize: Int { get }

    /// Writes these rows of the next generation, padded and inside the box. The parts of a generation are asked for in
    /// order, each once; how it is divided changes nothing.
    mutating func ask(_ rows: Range<Int>, into points: inout MutableSpan<Lanes>)

    /// Absorbs the generation's values, `generationSize` of them; worst is +infinity.
    mutating func tell(_ points: Span<Lanes>, values: Span<Double>)
}
