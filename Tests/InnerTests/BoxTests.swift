import Inner
import Testing

struct BoxTests {
    @Test("every flaw is reported with its first coordinate")
    func reportsFlaws() {
        #expect(throws: Box.Flaw.empty) { try Box(lower: [], upper: []) }
        #expect(throws: Box.Flaw.lengths(lower: 2, upper: 1)) { try Box(lower: [0, 0], upper: [1]) }
        #expect(throws: Box.Flaw.reversed(coordinate: 1, lower: 3, upper: 2)) {
            try Box(lower: [0, 3, 9], upper: [1, 2, 8])
        }
        #expect(throws: Box.Flaw.reversed(coordinate: 0, lower: 1, upper: 1)) { try Box(lower: [1], upper: [1]) }
        #expect(throws: Box.Flaw.notFinite(coordinate: 2, lower: 0, upper: .infinity)) {
            try Box(lower: [0, 0, 0], upper: [1, 1, .infinity])
        }
        #expect(throws: Box.Flaw.self) { try Box(lower: [.nan], upper: [1]) }
    }

    @Test("a box whose width overflows is refused")
    func refusesOverflow() {
        let huge = Double.greatestFiniteMagnitude
        #expect(throws: Box.Flaw.notFinite(coordinate: 0, lower: -huge, upper: huge)) {
            try Box(lower: [-huge], upper: [huge])
        }
    }

    @Test("a box contains its walls and its centre and nothing of another dimension")
    func containsItsWalls() throws {
        let box = try Box(lower: [-1, 2], upper: [1, 5])
        #expect(box.centre == [0, 3.5] && box.dimension == 2)
        for point in [box.lower, box.upper, box.centre] { #expect(box.contains(point)) }
        for point in [[0, 1.9], [1.1, 3], [0, .nan], [0], [0, 3, 3]] { #expect(!box.contains(point)) }
        #expect(try Box(-2...3, dimension: 2) == Box(lower: [-2, -2], upper: [3, 3]))
    }
}
