import Inner

/// The generations of a search, told `value` of every point.
func generations(
    of family: any SearchFamily, in box: Box, count: Int, seed: Int = 1, value: ([Double]) -> Double
) -> [[[Double]]] {
    var search = family.makeSearch(in: box, horizon: 0, stream: RandomStream(seed: UInt64(seed)))
    return (0..<count).map { _ in
        let size = search.generationSize
        var rows = [Lanes](repeating: .zero, count: size * blockCount(box.dimension))
        var span = rows.mutableSpan
        search.ask(0..<size, into: &span)
        let points = (0..<size).map { rows.span.coordinates(row: $0, dimension: box.dimension) }
        let values = points.map(value)
        search.tell(rows.span, values: values.span)
        return points
    }
}
