import Inner
import Support
import Testing

struct NormalQuantileTests {
    @Test(
        "published quantiles",
        arguments: [
            (0.5, 0), (0.975, 1.959963984540054), (0.001, -3.090232306167813), (1e-10, -6.361340902404056),
            (0.25, -0.6744897501960817), (1e-20, -9.262340089798408),
        ])
    func publishedValues(p: Double, quantile: Double) {
        #expect((normalQuantile(p) - quantile).magnitude <= 4e-15 * max(1, quantile.magnitude))
    }

    @Test("the quantile is odd about one half")
    func isOdd() {
        for k in 1..<4096 {
            let p = Double(k) / 4096
            #expect(normalQuantile(p) == -normalQuantile(1 - p))
        }
    }

    @Test("the quantile rises and undoes the distribution function")
    func undoesTheDistribution() {
        var last = -Double.infinity
        for k in 1..<10_000 {
            let p = Double(k) / 10_000
            let x = normalQuantile(p)
            #expect(x > last)
            #expect((normalCDF(x) - p).magnitude < 1e-14)
            last = x
        }
    }

    @Test("outside (0, 1) there is no quantile")
    func refusesTheEnds() async {
        await #expect(processExitsWith: .failure) { _ = normalQuantile(0) }
        await #expect(processExitsWith: .failure) { _ = normalQuantile(1) }
    }
}
