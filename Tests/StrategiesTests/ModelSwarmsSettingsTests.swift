import Inner
import Strategies
import Support
import Testing

@Suite("The settings of Model Swarms")
struct ModelSwarmsSettingsTests {
    private struct Choice: Hashable {
        let weights: ExpertSwarm.Weights
        let steps: ExpertSwarm.Steps
    }

    @Test("are 1,350 different ones, every combination of the choices once")
    func all() {
        let settings = ModelSwarmsSettings()
        let choices = settings.map { Choice(weights: $0.weights, steps: $0.steps) }
        #expect(choices.count == 1350 && Set(choices).count == 1350)
        #expect(Set(choices.map(\.weights.inertia)) == [0.1, 0.2, 0.3])
        #expect(Set(choices.map(\.weights.cognitive)) == [0.1, 0.2, 0.3, 0.4, 0.5])
        #expect(Set(choices.map(\.weights.social)) == [0.2, 0.3, 0.4, 0.5, 0.6])
        #expect(Set(choices.map(\.weights.repulsion)) == [0.01, 0.05, 0.1])
        #expect(Set(choices.map(\.steps.first)) == [0.5, 0.6, 0.7, 0.8, 0.9, 1])
        #expect(
            settings.allSatisfy {
                $0.size == 20 && $0.patience == 10 && $0.restart == 7 && $0.mixtures == .extrapolated
                    && $0.steps.decay == 0.95 && $0.steps.least == 0.1 && $0.skips == .init()
            })
    }

    @Test("are drawn without repetition, one as likely as another; in their own order would be noticed")
    func draw() {
        let settings = ModelSwarmsSettings()
        func draw(_ count: Int, seed: Int) -> [Int] {
            var stream = RandomStream(seed: UInt64(seed))
            return settings.draw(count, using: &stream)
        }
        #expect(draw(1350, seed: 1).sorted() == Array(settings.indices) && draw(0, seed: 1).isEmpty)
        #expect(draw(50, seed: 1) == Array(draw(1350, seed: 1).prefix(50)))
        #expect((0..<50).allSatisfy { Set(draw(50, seed: $0)).count == 50 })
        let bound = kolmogorovSmirnovBound(count: 400, falseAlarm: 1e-6)
        for place in [0, 49] {
            func distance(_ sample: [Int]) -> Double {
                // In the middle of 1,350 steps: half of one is 0.0004.
                kolmogorovSmirnovDistance(sample.map { (Double($0) + 0.5) / 1350 }) { $0 }
            }
            #expect(distance((0..<400).map { draw(50, seed: $0)[place] }) + 0.0004 < bound)
            #expect(distance((0..<400).map { _ in place }) > bound)
        }
    }
}
