import Foundation
import Inner
import Outer
import Support
import Testing

@Suite("When a study will be sure")
struct SurenessForecastTests {
    @Test("a power law is found, and followed to where it is sure", arguments: [0.3, 0.5, 1, 2], [1.0, 3, 20])
    func powerLaw(exponent: Double, gain: Double) throws {
        // g(n) = gain (1000 / n)^b is sure at n = 1000 (gain / 0.75)^(1/b).
        let law = { (n: Int) in gain * pow(1000 / Double(n), exponent) }
        let forecast = SurenessForecast((500, law(500)), (1000, law(1000)))
        let sure = 1000 * pow(gain / Verdict.sureness, 1 / exponent)
        guard sure < 1000 * 100 else {
            #expect(forecast.evaluations == nil)
            return
        }
        #expect(abs(try #require(forecast.exponent) - exponent) < 1e-12)
        #expect(abs(try #require(forecast.evaluations) - (sure - 1000)) < 1e-6 * sure)
    }

    @Test("what does not fall, or hardly, is not foreseen")
    func flat() {
        for late in [2.0, 2.5, 1.999] {
            let forecast = SurenessForecast((500, 2), (1000, late))
            #expect(forecast.evaluations == nil)
        }
    }

    @Test("a study of few searches, or one that is sure, has none")
    func none() async throws {
        let study = try PlantedStudy.standard()
        let spec = StudySpec(space: study.space, maxPulls: 1)
        let pulls = try await runStudy(spec, workers: 1, launch: study.launch, record: { _ in }).pulls
        #expect(try SurenessForecast.of(spec, pulls, try #require(try Verdict.of(spec, pulls))) == nil)
    }
}
