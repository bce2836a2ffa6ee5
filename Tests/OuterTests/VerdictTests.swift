import Foundation
import Inner
import Outer
import Support
import Testing

struct VerdictTests {
    private func learned(
        _ study: PlantedStudy, pulls: Int = 120, goal: Goal = .price(1), seed: UInt64 = 1
    ) async throws -> (spec: StudySpec, pulls: [Pull], verdict: Verdict) {
        let spec = StudySpec(space: study.space, goal: goal, seed: seed, maxPulls: pulls)
        let pulls = try await runStudy(spec, workers: 1, launch: study.launch, record: { _ in }).pulls
        return (spec, pulls, try #require(try Verdict.of(spec, pulls)))
    }

    @Test("a study finds a planted knee and the planted swarm size", arguments: [1, 2, 3] as [Double])
    func findsTheKnee(knee: Double) async throws {
        var study = try PlantedStudy.standard()
        study.knee = knee
        for seed in 1...6 as ClosedRange<UInt64> {
            let verdict = try await learned(study, pulls: 240, seed: seed).verdict
            #expect(verdict.arm.level == Int(knee), "seed \(seed)")
            #expect(verdict.arm.configuration.swarmSize == 16, "seed \(seed)")
            #expect(verdict.knee.low <= verdict.arm.budget && verdict.arm.budget <= verdict.knee.high)
            #expect(!verdict.knee.isCensored && verdict.knee.budget == verdict.arm.budget)
        }
    }

    /// Of 40 studies of 15 searches. A range that holds the planted knee with 90 % does so in fewer than 31 with a probability
    /// of 0.2 %; the budget that was learned, which is no range at all, is the twin that does not.
    @Test("whatever the settings, the knee's range holds the planted knee, where the settings are not known yet")
    func anySettings() async throws {
        let study = try PlantedStudy.standard()
        var (held, learnedIt, other) = (0, 0, 0)
        for seed in 1...40 as ClosedRange<UInt64> {
            let verdict = try await learned(study, pulls: 15, seed: seed).verdict
            let planted = study.space.budget(level: Int(study.knee))
            held += verdict.kneeOfAnySettings.contains(planted) ? 1 : 0
            other += verdict.kneeOfAnySettings != verdict.knee.low...verdict.knee.high ? 1 : 0
            learnedIt += verdict.arm.budget == planted ? 1 : 0
        }
        #expect(held >= 31, "\(held) of 40")
        #expect(learnedIt < 31, "\(learnedIt) of 40")
        #expect(other > 0, "it is not that of the learned settings")
    }

    @Test("with one configuration any settings are its own, and ledgers note what they always did")
    func oneConfiguration() async throws {
        var factors = ArmSpace.Factors()
        (factors.swarmSizes, factors.inertias, factors.topologies) = ([16], ["0.5"], ["ring"])
        let study = PlantedStudy(space: try ArmSpace(factors, floor: 16, ceiling: 512))
        let verdict = try await learned(study, pulls: 20).verdict
        #expect(verdict.kneeOfAnySettings == verdict.knee.low...verdict.knee.high)
        let noted = String(decoding: try JSONEncoder().encode(verdict), as: UTF8.self)
        #expect(noted.contains("\"knee\"") && !noted.contains("AnySettings"))
    }

    @Test("where quality never stops rising the knee is censored at the ceiling")
    func censored() async throws {
        var study = try PlantedStudy.standard()
        study.knee = 100
        for seed in 1...4 as ClosedRange<UInt64> {
            let knee = try await learned(study, seed: seed).verdict.knee
            #expect(knee.isCensored && knee.massAtCeiling > 0.5 && knee.massAtFloor < 0.1)
            #expect(knee.budget == study.space.ceiling && knee.high == study.space.ceiling)
        }
    }

    @Test("where more search gains nothing the knee lies at the floor")
    func floor() async throws {
        var study = try PlantedStudy.standard()
        study.slope = 0
        for seed in 1...4 as ClosedRange<UInt64> {
            let knee = try await learned(study, seed: seed).verdict.knee
            #expect(!knee.isCensored && knee.massAtFloor > 0.5 && knee.budget == study.space.floor)
        }
    }

    @Test("the dearer evaluations are, the earlier the knee")
    func priceMovesTheKnee() async throws {
        let study = try PlantedStudy.standard()
        let pulls = try await learned(study).pulls
        var last = Int.max
        for kappa in [0, 1, 4, 100] as [Double] {
            let spec = StudySpec(space: study.space, goal: .price(kappa))
            let verdict = try #require(try Verdict.of(spec, pulls))
            #expect(verdict.arm.budget <= last)
            last = verdict.arm.budget
        }
        #expect(last == study.space.floor)
    }

    @Test("a verdict is a pure function of spec and pulls, and none without pulls")
    func isPure() async throws {
        let (spec, pulls, verdict) = try await learned(try PlantedStudy.standard(), pulls: 30)
        #expect(try Verdict.of(spec, pulls) == verdict)
        #expect(try Verdict.of(spec, []) == nil)
    }

    @Test("masses are shares, deviations positive, and observed searches are counted")
    func isSound() async throws {
        let study = try PlantedStudy.standard()
        let (_, pulls, verdict) = try await learned(study)
        let knee = verdict.knee
        #expect((0...1).contains(knee.massAtCeiling) && (0...1).contains(knee.massAtFloor))
        #expect(knee.massAtCeiling + knee.massAtFloor <= 1 && knee.low <= knee.high)
        #expect(verdict.epistemicDeviation > 0 && verdict.aleatoricDeviation > 0)
        #expect(verdict.expectedGainOfPerfectInformation >= 0)
        #expect(verdict.isSure == (verdict.expectedGainOfPerfectInformation <= Verdict.sureness))
        let there = pulls.filter {
            let arm = study.space[$0.decision.arm]
            return arm.configuration == verdict.arm.configuration && arm.level >= verdict.arm.level
        }
        let values = there.map { pull in
            pull.result.trace.checkpoints.first { $0.evaluations == verdict.arm.budget }!.best
        }.sorted()
        #expect(verdict.observedSearches == values.count)
        let median = values.isEmpty ? nil : (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
        #expect(verdict.observedMedian == median)
    }

    @Test("a study of more pulls is surer of its knee")
    func pullsMakeSure() async throws {
        let study = try PlantedStudy.standard()
        let few = try await learned(study, pulls: 6).verdict
        let many = try await learned(study, pulls: 200).verdict
        #expect(many.expectedGainOfPerfectInformation < few.expectedGainOfPerfectInformation)
        #expect(many.epistemicDeviation < few.epistemicDeviation)
        #expect(many.isSure && !few.isSure)
    }
}
