import Inner
import Outer
import Testing

@Suite("Quantiles of the normal distribution, many at once")
struct NormalQuantilesTests {
    @Test("each is what it is alone")
    func many() {
        var chance = RandomStream(seed: 8)
        for count in 0..<40 {
            let random = (0..<count).map { _ in 0.5 * (1 - 1e-12) * (1 + chance.uniform()) }
            for p in [random, random.sorted(), random.map { 0.3 + 0.4 * $0 }, random.map { 1e-9 * $0 }] {
                #expect(normalQuantiles(p) == p.map(normalQuantile))
            }
        }
    }

    @Test("normal draws are what they are one by one")
    func draws() {
        for count in 0..<40 {
            var (many, one) = (RandomStream(seed: 9), RandomStream(seed: 9))
            #expect(many.normals(count) == (0..<count).map { _ in one.normal() })
            #expect(many.next() == one.next())
        }
    }
}
