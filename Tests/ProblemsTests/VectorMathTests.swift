import Inner
import Problems
import RealModule
import Testing

/// Each function against the C library's over its whole range, in units in the last place of the true value.
@Suite("Elementary functions in lanes")
struct VectorMathTests {
    /// The largest distance over 80,000 draws of x, where `scale` is what the error is measured in.
    private func worst(
        _ range: ClosedRange<Double>, _ function: (Lanes) -> Lanes, _ reference: (Double) -> Double,
        map: (Double) -> Double = { $0 }, scale: (Double) -> Double = { $0.ulp }
    ) -> Double {
        var stream = RandomStream(seed: 3)
        var worst = 0.0
        for _ in 0..<10_000 {
            var x = Lanes.zero
            for lane in 0..<8 {
                x[lane] = map(range.lowerBound + stream.uniform() * (range.upperBound - range.lowerBound))
            }
            let found = function(x)
            for lane in 0..<8 {
                let expected = reference(x[lane])
                worst = max(worst, (found[lane] - expected).magnitude / scale(expected))
            }
        }
        return worst
    }

    @Test("the exponential is within 3 units in the last place", arguments: [-1.0...1, -20...20, -700...700])
    func exponentials(range: ClosedRange<Double>) {
        #expect(worst(range, exponential, Double.exp) <= 3)
    }

    @Test("the exponential ends where doubles do")
    func exponentialEnds() {
        let ends = exponential(Lanes(-1e9, -708, 0, 1e-300, 709, 1e9, -.infinity, .infinity))
        #expect(ends[0] == ends[1] && ends[6] == ends[1] && ends[1] > 0 && ends[1] < 1e-307)
        #expect(ends[2] == 1 && ends[3] == 1)
        #expect(ends[4] == ends[5] && ends[7] == ends[4] && ends[4] > 8e307)
    }

    @Test("the logarithm is within 3 units in the last place, near 1 and over all decades")
    func logarithms() {
        #expect(worst(0.25...4, logarithm, { Double.log($0) }) <= 3)
        #expect(worst(-700...700, logarithm, { Double.log($0) }, map: Double.exp) <= 3)
        #expect(logarithm(Lanes(repeating: 1)) == .zero)
    }

    @Test("sine and cosine are within 2e-16 plus the rounding of the argument", arguments: [1.6, 100, 1e4, 1e8])
    func waves(size: Double) {
        // k pi is taken away in three parts, the last of which is rounded: nothing is lost beyond the result's own.
        #expect(worst(-size...size, sine, Double.sin, scale: { _ in 1 }) <= 2.3e-16)
        #expect(worst(-size...size, cosine, Double.cos, scale: { _ in 1 }) <= 2.3e-16)
    }

    @Test("sine keeps its relative accuracy at zero, and never leaves -1 ... 1")
    func waveEnds() {
        #expect(worst(-0.5...0.5, sine, Double.sin) <= 2)
        let far = Lanes(1e12, 1e15, 1e18, 1e100, -1e12, -1e15, -1e18, -1e100)
        for wave in [sine(far), cosine(far)] {
            for lane in 0..<8 { #expect(wave[lane].magnitude <= 1) }
        }
    }

    // 2 sin^2 at most doubles the sine's relative error: 12 units here are 3 of the sine's own, the polynomial's 0.6
    // included.
    @Test("1 - cos(2 pi z) is exact at whole numbers and within 12 units in the last place of 1 elsewhere")
    func turns() {
        let reference = { (z: Double) in 1 - Double.cos(2 * Double.pi * (z - z.rounded())) }
        #expect(worst(-50...50, { oneMinusCosine(turns: $0) }, reference, scale: { _ in 0x1p-52 }) <= 12)
        #expect(oneMinusCosine(turns: Lanes(0, 1, -1, 7, 1e6, -1e9, 4, 3)) == .zero)
    }

    @Test("1 - cos(2 pi z) keeps its relative accuracy at zero")
    func smallTurns() {
        let reference = { (z: Double) in 2 * Double.sin(Double.pi * z) * Double.sin(Double.pi * z) }
        #expect(worst(-1e-3...1e-3, { oneMinusCosine(turns: $0) }, reference) <= 6)
    }

    @Test("the test sees an error of one part in 10^14")
    func broken() {
        #expect(worst(-1...1, { exponential($0) * (1 + 1e-14) }, Double.exp) > 30)
        #expect(worst(0.25...4, { logarithm($0) * (1 + 1e-14) }, { Double.log($0) }) > 30)
        #expect(worst(-1.6...1.6, { sine($0) + 1e-14 }, Double.sin, scale: { _ in 1 }) > 2.3e-16)
    }
}
