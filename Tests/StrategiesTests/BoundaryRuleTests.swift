import Inner
import Strategies
import Support
import Testing

struct BoundaryRuleTests {
    @Test("every boundary rule keeps its promises", arguments: spellings(BoundaryRuleCatalogue.all))
    func contract(name: String) throws {
        let rule = try BoundaryRuleCatalogue.all.make(name)
        expectContract(of: rule)
    }

    /// Coordinates that began outside, at most `reach` widths of the box from its centre.
    private func outside(_ rule: some BoundaryRule, reach: Double, size: Int = 12) -> [Confinement.Coordinate] {
        Confinement(by: rule, dimension: 13, size: size, reach: reach, seed: 3).coordinates.filter { !$0.wasInside }
    }

    @Test("clamping stops at the wall", arguments: [1.0, 50, 1e9])
    func clamp(reach: Double) {
        for coordinate in outside(.clamp, reach: reach) {
            #expect(coordinate.after.position == max(coordinate.low, min(coordinate.before.position, coordinate.high)))
            #expect(coordinate.after.velocity == 0)
        }
    }

    @Test("reflection turns the velocity round and mirrors the position at the wall")
    func reflect() {
        for coordinate in outside(.reflect, reach: 1) {
            let wall = coordinate.before.position < coordinate.low ? coordinate.low : coordinate.high
            #expect(coordinate.after.velocity == -coordinate.before.velocity)
            #expect(coordinate.after.position == wall + wall - coordinate.before.position)
        }
    }

    @Test("a coordinate that would bounce beyond the other wall stops there")
    func reflectFar() {
        for coordinate in outside(.reflect, reach: 100) where coordinate.before.velocity != 0 {
            let distance = max(
                coordinate.low - coordinate.before.position, coordinate.before.position - coordinate.high)
            guard distance > coordinate.high - coordinate.low else { continue }
            let far = coordinate.before.position < coordinate.low ? coordinate.high : coordinate.low
            #expect(coordinate.after.position == far)
        }
    }

    @Test("a coordinate drawn anew is uniform in the box and stands still; one clamped would be noticed")
    func resample() {
        let all = outside(.resample, reach: 50, size: 2000)
        let twin = outside(.clamp, reach: 50, size: 2000)
        let share = { (coordinate: Confinement.Coordinate) in
            (coordinate.after.position - coordinate.low) / (coordinate.high - coordinate.low)
        }
        let bound = kolmogorovSmirnovBound(count: all.count, falseAlarm: 1e-6)
        #expect(all.allSatisfy { $0.after.velocity == 0 })
        #expect(kolmogorovSmirnovDistance(all.map(share)) { $0 } < bound)
        #expect(kolmogorovSmirnovDistance(twin.map(share)) { $0 } > bound)
    }
}
