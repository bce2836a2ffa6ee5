import Inner

/// Walks a search generation by generation, without budget or trace, and shows every generation to `visit`.
///
/// - Parameter part: points that are asked for at once; all of a generation unless told.
public func walk(
    _ family: some SearchFamily, in box: Box, generations: Int, horizon: Int = 1_000_000, part: Int = .max,
    stream: RandomStream, value: ([Double]) -> Double,
    visit: (_ generation: Int, _ points: [Lanes]) -> Void = { _, _ in }
) {
    var search = family.makeSearch(in: box, horizon: horizon, stream: stream)
    let size = search.generationSize
    var points = [Lanes](repeating: .zero, count: size * blockCount(box.dimension))
    for generation in 0..<generations {
        var rows = points.mutableSpan
        for first in stride(from: 0, to: size, by: min(part, size)) {
            search.ask(first..<min(first + min(part, size), size), into: &rows)
        }
        visit(generation, points)
        let values = (0..<size).map { value(points.span.coordinates(row: $0, dimension: box.dimension)) }
        search.tell(points.span, values: values.span)
    }
}
