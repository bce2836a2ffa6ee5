import Inner
import Problems
import RealModule
import Support
import Testing

@Suite("Noisy sphere")
struct NoisySphereTests {
    static let count = 20_000
    static let falseAlarm = 1e-6
    let problem = NoisySphere(dimension: 10, instance: 1)

    @Test("is noisy, and its noise-free twin has the same box and optimum")
    func twins() {
        #expect(problem.isNoisy && !problem.noiseFree.isNoisy)
        #expect(problem.optimum == 0)
        #expect(problem.box == problem.noiseFree.box)
        #expect(problem.optimumPoint == problem.noiseFree.optimumPoint)
        #expect(value(of: problem.noiseFree, at: problem.optimumPoint) == 0)
    }

    @Test("the mean of many evaluations is the noise-free value; a bias of a tenth is found")
    func mean() {
        let noise = noise(seed: 21)
        #expect(meanIsZero(noise))
        #expect(!meanIsZero(noise.map { $0 + 0.1 }))
    }

    @Test("the noise has standard deviation 1; one of 1.1 is found")
    func deviation() {
        let noise = noise(seed: 22)
        #expect(varianceIsOne(noise))
        #expect(!varianceIsOne(noise.map { 1.1 * $0 }))
        #expect(!varianceIsOne(noise.map { 0.9 * $0 }))
    }

    @Test("the noise is normal; a uniform one is found")
    func law() {
        let noise = noise(seed: 23)
        let bound = kolmogorovSmirnovBound(count: noise.count, falseAlarm: Self.falseAlarm)
        #expect(kolmogorovSmirnovDistance(noise, cdf: normalCDF) < bound)
        let uniform = noise.map { 3.0.squareRoot() * (2 * normalCDF($0) - 1) }
        #expect(kolmogorovSmirnovDistance(uniform, cdf: normalCDF) > bound)
    }

    @Test("the same seeds give the same values, other seeds and other evaluations others")
    func seeds() {
        let points = randomPoints(20, in: problem.box, seed: 6)
        let values = values(of: problem, at: points, seed: 1)
        #expect(values == ProblemsTests.values(of: problem, at: points, seed: 1))
        #expect(zip(values, ProblemsTests.values(of: problem, at: points, seed: 2)).allSatisfy { $0 != $1 })
        #expect(zip(values, ProblemsTests.values(of: problem, at: points, seed: 1, first: 20)).allSatisfy { $0 != $1 })
    }

    /// What is added to the noise-free value at one point, evaluation after evaluation.
    private func noise(seed: UInt64) -> [Double] {
        let point = randomPoints(1, in: problem.box, seed: 9)[0]
        let truth = value(of: problem.noiseFree, at: point)
        return values(of: problem, at: Array(repeating: point, count: Self.count), seed: seed).map { $0 - truth }
    }

    /// |mean| sqrt(n) <= z(1 - alpha / 2).
    private func meanIsZero(_ sample: [Double]) -> Bool {
        let n = Double(sample.count)
        return (sample.reduce(0, +) / n).magnitude * n.squareRoot() <= normalQuantile(1 - Self.falseAlarm / 2)
    }

    /// X = sum v^2 is chi-squared with n degrees of freedom: -2 sqrt(n t) <= X - n <= 2 sqrt(n t) + 2 t fails with
    /// probability at most 2 exp(-t).
    /// - SeeAlso: Laurent & Massart (2000), doi:10.1214/aos/1015957395, lemma 1
    private func varianceIsOne(_ sample: [Double]) -> Bool {
        let n = Double(sample.count)
        let t = Double.log(2 / Self.falseAlarm)
        let excess = sample.reduce(0) { $0 + $1 * $1 } - n
        return -2 * (n * t).squareRoot() <= excess && excess <= 2 * (n * t).squareRoot() + 2 * t
    }
}
