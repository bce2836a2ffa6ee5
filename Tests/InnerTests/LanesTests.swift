import Inner
import Testing

struct LanesTests {
    @Test("a row gives back the point it was made of and pads with what it is told")
    func rowsRoundTrip() {
        for dimension in 1...40 {
            let point = (0..<dimension).map { Double($0) + 0.5 }
            let row = paddedRow(point, padding: -1)
            #expect(row.count == blockCount(dimension) && row.count * 8 - dimension < 8)
            #expect(row.span.coordinates(row: 0, dimension: dimension) == point)
            for column in dimension..<row.count * 8 { #expect(row[column / 8][column % 8] == -1) }
            let batch = row + paddedRow(point.map { -$0 })
            #expect(batch.span.coordinates(row: 1, dimension: dimension) == point.map { -$0 })
        }
    }
}
