import Inner
import Testing

struct CheckpointGridTests {
    @Test("whole octaves are exact doublings")
    func octavesAreExact() {
        for first in 1...300 {
            let grid = CheckpointGrid(first: first)
            for octave in 0..<30 {
                #expect(grid.evaluations(at: octave * CheckpointGrid.perOctave) == first << octave)
            }
        }
    }

    @Test("a grid never falls, and from a first checkpoint of 8 on it always rises")
    func rises() {
        for first in 1...300 {
            let grid = CheckpointGrid(first: first)
            for k in 0..<80 {
                let step = grid.evaluations(at: k + 1) - grid.evaluations(at: k)
                #expect(step >= (first >= 8 ? 1 : 0), "first \(first), checkpoint \(k)")
            }
        }
    }

    @Test("count and index agree with the checkpoints themselves")
    func countsWhatThereIs() {
        for first in [1, 2, 8, 10, 62] {
            let grid = CheckpointGrid(first: first)
            let points = (0..<60).map(grid.evaluations)
            for budget in 1..<2000 {
                #expect(grid.count(within: budget) == points.count { $0 <= budget })
                #expect(grid.index(of: budget) == points.lastIndex(of: budget))
            }
        }
    }
}
