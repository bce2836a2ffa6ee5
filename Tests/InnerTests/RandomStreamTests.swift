import Inner
import RealModule
import Support
import Testing

struct RandomStreamTests {
    @Test("a root stream is SplitMix64: the published numbers of two seeds")
    func publishedVectors() {
        var stream = RandomStream(seed: 1_234_567)
        #expect(
            (0..<5).map { _ in stream.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
        var zero = RandomStream(seed: 0)
        #expect(
            (0..<3).map { _ in zero.next() } == [
                0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F,
            ])
    }

    @Test("a split never advances its parent and does not depend on where the parent stands")
    func splitsStandAlone() {
        for seed in 0..<50 as Range<UInt64> {
            var drawn = RandomStream(seed: seed)
            let fresh = drawn
            for _ in 0..<seed { _ = drawn.next() }
            var (child, same) = (drawn.split(.move, 3, 7), fresh.split(.move, 3, 7))
            var untouched = fresh
            for _ in 0..<seed { _ = untouched.next() }
            #expect(child.next() == same.next())
            #expect(drawn.next() == untouched.next())
        }
    }

    @Test("equal names give equal streams and different names different ones")
    func namesDecide() {
        let root = RandomStream(seed: 42)
        var keys: Set<UInt64> = []
        let purposes: [RandomStream.Purpose] = [
            .instance, .search, .initial, .move, .topology, .confine, .evaluation, .noise, .decision, .verdict,
            .propensity,
        ]
        for purpose in purposes {
            for index in -2..<20 {
                for subindex in 0..<10 {
                    let child = root.split(purpose, index, subindex)
                    #expect(child.key == root.split(purpose, index, subindex).key)
                    keys.insert(child.key)
                }
            }
        }
        for index in 0..<1000 { keys.insert(root.key(of: index)) }
        #expect(keys.count == purposes.count * 22 * 10 + 1000)
    }

    @Test("uniform numbers are uniform; U^1.01 would be noticed")
    func uniformLaw() {
        let count = 2_000_000
        var stream = RandomStream(seed: 7)
        let sample = (0..<count).map { _ in stream.uniform() }
        let bound = kolmogorovSmirnovBound(count: count, falseAlarm: 1e-6)
        #expect(sample.allSatisfy { (0..<1).contains($0) })
        #expect(kolmogorovSmirnovDistance(sample) { $0 } < bound)
        #expect(kolmogorovSmirnovDistance(sample.map { Double.pow($0, 1.01) }) { $0 } > bound)
    }

    @Test("normal numbers are normal; a variance passed as a deviation would be noticed")
    func normalLaw() {
        let count = 200_000
        var stream = RandomStream(seed: 8)
        let sample = (0..<count).map { _ in stream.normal() }
        let bound = kolmogorovSmirnovBound(count: count, falseAlarm: 1e-6)
        #expect(kolmogorovSmirnovDistance(sample, cdf: normalCDF) < bound)
        let deviation = 1.1
        let right = sample.map { $0 * deviation }
        let twin = sample.map { $0 * (deviation * deviation) }
        #expect(kolmogorovSmirnovDistance(right) { normalCDF($0 / deviation) } < bound)
        #expect(kolmogorovSmirnovDistance(twin) { normalCDF($0 / deviation) } > bound)
    }

    @Test("the first numbers of sibling streams are as uniform as one stream's")
    func siblingsAreIndependent() {
        let count = 100_000
        let root = RandomStream(seed: 9)
        let bound = kolmogorovSmirnovBound(count: count, falseAlarm: 1e-6)
        var (splits, rows, steps): ([Double], [Double], [Double]) = ([], [], [])
        for index in 0..<count {
            var (split, row) = (root.split(.search, index), RandomStream(seed: root.key(of: index)))
            splits.append(split.uniform())
            rows.append(row.uniform())
            // Neighbours that hung together would not differ uniformly around the circle.
            let step = index > 0 ? splits[index] - splits[index - 1] : 0.5
            steps.append(step < 0 ? step + 1 : step)
        }
        for sample in [splits, rows, steps] { #expect(kolmogorovSmirnovDistance(sample) { $0 } < bound) }
    }

    @Test("whole numbers below a bound are uniform; U^1.01 would be noticed", arguments: [2, 7, 10, 100])
    func indexLaw(below size: Int) {
        let count = 1_000_000
        var stream = RandomStream(seed: UInt64(size))
        var (observed, twin) = (Array(repeating: 0, count: size), Array(repeating: 0, count: size))
        for _ in 0..<count {
            observed[stream.index(below: size)] += 1
            twin[Int(Double.pow(stream.uniform(), 1.01) * Double(size))] += 1
        }
        let expected = Array(repeating: Double(count) / Double(size), count: size)
        let bound = chiSquareBound(freedom: size - 1, falseAlarm: 1e-6)
        #expect(chiSquare(observed: observed, expected: expected) < bound)
        #expect(chiSquare(observed: twin, expected: expected) > bound)
    }
}
