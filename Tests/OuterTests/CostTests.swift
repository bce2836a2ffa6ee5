import Foundation
import Inner
import Outer
import RealModule
import Support
import Testing

/// A price that counts what evaluations take.
struct CostTests {
    /// Topologies that are equally good, of which one takes ten times as long.
    private static func dearRing() throws -> PlantedStudy {
        var study = try PlantedStudy.standard()
        study.secondsPerEvaluation = { $0.topology == "ring:1" ? 0.01 : 0.001 }
        return study
    }

    /// Every configuration takes another time.
    private static func varied(scale: Double = 1) throws -> PlantedStudy {
        var study = try PlantedStudy.standard()
        study.secondsPerEvaluation = {
            scale * 0.003 * Double.sqrt(Double($0.swarmSize)) * ($0.topology == "global" ? 1 : 2.5)
                * ($0.inertia == "constant:0.5" ? 1 : 0.7)
        }
        return study
    }

    private func learned(_ spec: StudySpec, past: [Pull] = [], _ launch: @escaping Launch) async throws -> [Pull] {
        try await runStudy(spec, past: past, workers: 1, launch: launch, record: { _ in }).pulls
    }

    @Test("of two equally good settings the one that takes a tenth of the time is recommended, in 8 studies of 8")
    func cheapWins() async throws {
        let study = try Self.dearRing()
        var topologies: [Cost: [String]] = [:]
        for cost in Cost.allCases {
            for seed in 1...8 as ClosedRange<UInt64> {
                let spec = StudySpec(space: study.space, cost: cost, seed: seed, maxPulls: 60)
                let verdict = try #require(try Verdict.of(spec, try await learned(spec, study.launch)))
                topologies[cost, default: []].append(verdict.arm.configuration.topology)
                #expect(verdict.arm.configuration.swarmSize == 16, "\(cost), seed \(seed)")
            }
        }
        #expect(topologies[.seconds]?.allSatisfy { $0 == "global" } == true)
        // The broken twin, to which time is nothing.
        #expect(topologies[.evaluations]?.contains("ring:1") == true)
    }

    @Test("quality that is worth its time is bought")
    func qualityIsBought() async throws {
        var study = try PlantedStudy.standard()
        study.secondsPerEvaluation = { 0.001 * Double($0.swarmSize) }
        for (kappa, sizes) in [(0.1, [16]), (100, [4])] {
            let spec = StudySpec(space: study.space, goal: .price(kappa), cost: .seconds, maxPulls: 80)
            let verdict = try #require(try Verdict.of(spec, try await learned(spec, study.launch)))
            #expect(sizes.contains(verdict.arm.configuration.swarmSize), "price \(kappa)")
        }
    }

    @Test("an arm is charged lambda for every doubling of its time, or of its evaluations")
    func charges() async throws {
        let study = try Self.varied()
        for cost in Cost.allCases {
            let spec = StudySpec(space: study.space, cost: cost, maxPulls: 60)
            var beliefs = try Beliefs(study.space, goal: spec.goal, cost: cost)
            for pull in try await learned(spec, study.launch) { beliefs.absorb(pull) }
            beliefs.rescore()
            let offsets = try beliefs.offsets().map { try #require($0) }
            let time = { (arm: Int) throws in
                let seconds = try #require(
                    beliefs.secondsPerEvaluation(configuration: study.space[arm].configurationIndex))
                return Double(study.space[arm].budget) * (cost == .seconds ? seconds : 1)
            }
            for arm in 0..<study.space.count {
                let charge = beliefs.price * Double.log2(try time(arm) / time(0))
                #expect((offsets[0] - offsets[arm] - charge).magnitude < 1e-12, "\(cost), arm \(arm)")
            }
        }
    }

    @Test("the time of a setting is learned from others: within a third after 20 searches, better than from its size")
    func timesAreLearned() throws {
        let study = try Self.varied()
        var (errors, chainErrors) = (0.0, 0.0)
        for seed in 1...20 as ClosedRange<UInt64> {
            var beliefs = try Beliefs(study.space, goal: .price(1), cost: .seconds)
            var chain = ChainOfMeans()
            var chance = RandomStream(seed: seed)
            for pull in 0..<20 {
                let arm = study.space[chance.index(below: study.space.count)]
                let seconds = study.secondsPerEvaluation(arm.configuration) * Double.exp(0.2 * chance.normal())
                let trace = study.result(of: arm, stream: chance.split(.search, pull)).trace
                beliefs.absorb(arm: arm.index, trace: trace, secondsPerEvaluation: seconds)
                chain.add(Double.log2(seconds), arm.configuration)
            }
            beliefs.rescore()
            let truth = study.space.configurations.map { Double.log2(study.secondsPerEvaluation($0)) }
            let estimates = try study.space.configurations.indices.map {
                Double.log2(try #require(beliefs.secondsPerEvaluation(configuration: $0)))
            }
            errors += meanSquare(estimates, truth) / 20
            chainErrors += meanSquare(study.space.configurations.map(chain.estimate), truth) / 20
        }
        #expect(errors.squareRoot() < 0.4)
        #expect(errors < 0.5 * chainErrors, "\(errors.squareRoot()) and \(chainErrors.squareRoot()) octaves")
    }

    private func meanSquare(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(a.count)
    }

    @Test("every decision is computed again from recorded times, and compared draw + offset", arguments: [1, 4])
    func decisionsAreRecomputed(lookAhead: Int) async throws {
        let spec = StudySpec(space: try smallSpace(), cost: .seconds, seed: 6, lookAhead: lookAhead, maxPulls: 20)
        let rugged = launcher(for: FunctionProblem.rugged(dimension: 4))
        let pulls = try await runStudy(
            spec, workers: 2, launch: delayed(rugged), record: { _ in }
        ).pulls
        #expect(pulls.allSatisfy { $0.result.evaluationSeconds == 0 && $0.secondsPerEvaluation > 0 })
        for pull in pulls {
            #expect(try Learner.recompute(pull.number, of: spec, from: pulls) == pull.decision)
            let leader = pull.decision.contenders.max { $0.drawnUtility < $1.drawnUtility }
            #expect(leader?.arm == pull.decision.arm)
        }
        // The broken twin: the same pulls as if a clock had stood still.
        let still = pulls.map {
            Pull(number: $0.number, decision: $0.decision, budget: $0.budget, result: $0.result, seconds: 0)
        }
        #expect(try pulls.contains { try Learner.recompute($0.number, of: spec, from: still) != $0.decision })
    }

    @Test("given the same times, a study resumed after any number of pulls is the one that was never interrupted")
    func resumes() async throws {
        let study = try Self.varied()
        let spec = StudySpec(space: study.space, cost: .seconds, seed: 3, maxPulls: 14)
        let whole = try await learned(spec, study.launch)
        for count in 0...whole.count {
            let resumed = try await learned(spec, past: Array(whole.prefix(count)), study.launch)
            #expect(Digest.of(resumed) == Digest.of(whole), "after \(count)")
        }
    }

    @Test("a machine that is slower throughout changes no decision", arguments: [1e-6, 0.37, 1024])
    func scaleDoesNotMatter(scale: Double) async throws {
        let (study, slower) = (try Self.varied(), try Self.varied(scale: scale))
        let spec = StudySpec(space: study.space, cost: .seconds, seed: 5, maxPulls: 50)
        let (pulls, others) = (try await learned(spec, study.launch), try await learned(spec, slower.launch))
        #expect(pulls.map(\.decision.arm) == others.map(\.decision.arm))
        let (verdict, other) = (try #require(try Verdict.of(spec, pulls)), try #require(try Verdict.of(spec, others)))
        #expect(verdict.arm == other.arm && verdict.knee == other.knee)
        let ratio = try #require(other.secondsPerEvaluation) / #require(verdict.secondsPerEvaluation)
        #expect((ratio / scale - 1).magnitude < 1e-9)
    }

    @Test("where no time was measured, seconds count as evaluations do; one zero among times says nothing")
    func zeroTimes() throws {
        let study = try PlantedStudy.standard()
        let specs = Cost.allCases.map { StudySpec(space: study.space, cost: $0, seed: 4, lookAhead: 1, maxPulls: 30) }
        var learners = try specs.map(Learner.init)
        for number in 0..<30 {
            let decisions = learners.indices.map { learners[$0].decide(number, committed: 0) }
            #expect(decisions[0] == decisions[1])
            let decision = try #require(decisions[0])
            let arm = study.space[decision.arm]
            let result = study.result(of: arm, stream: specs[0].searchStream(pull: number))
            let pull = Pull(number: number, decision: decision, budget: arm.budget, result: result, seconds: 0)
            for index in learners.indices { learners[index].absorb(pull) }
        }
        var beliefs = try Beliefs(study.space, goal: .price(1), cost: .seconds)
        #expect(beliefs.secondsPerEvaluation(configuration: 0) == nil)
        for (number, seconds) in [0.25, 0, .infinity, .nan, 0.25].enumerated() {
            let trace = study.result(of: study.space[number], stream: RandomStream(seed: 1)).trace
            beliefs.absorb(arm: number, trace: trace, secondsPerEvaluation: seconds)
        }
        beliefs.rescore()
        for configuration in study.space.configurations.indices {
            #expect(beliefs.secondsPerEvaluation(configuration: configuration) == 0.25)
        }
    }

    @Test("a specification without a cost counts evaluations; one with a cost keeps it; a total counts no seconds")
    func specifications() throws {
        let (encoder, decoder) = (JSONEncoder(), JSONDecoder())
        for cost in Cost.allCases {
            let spec = StudySpec(space: try smallSpace(), goal: .price(2), cost: cost, seed: 9, purse: 900)
            let text = String(decoding: try encoder.encode(spec), as: UTF8.self)
            #expect(try decoder.decode(StudySpec.self, from: Data(text.utf8)) == spec)
            let old = text.replacing("\"cost\":\"\(cost.rawValue)\",", with: "").replacing(
                ",\"cost\":\"\(cost.rawValue)\"", with: "")
            #expect(!old.contains("cost"))
            let read = try decoder.decode(StudySpec.self, from: Data(old.utf8))
            #expect(read.cost == .evaluations && (read == spec) == (cost == .evaluations))
        }
        let total = try encoder.encode(StudySpec(space: try smallSpace(), goal: .total(500)))
        let text = String(decoding: total, as: UTF8.self).replacing("\"evaluations\"", with: "\"seconds\"")
        #expect(throws: DecodingError.self) { try decoder.decode(StudySpec.self, from: Data(text.utf8)) }
    }
}

/// What the estimate is compared with: study mean -> swarm size -> configuration, each shrunk to the one before by one
/// search. It knows nothing of topologies.
private struct ChainOfMeans {
    private var all: [(configuration: Configuration, time: Double)] = []

    mutating func add(_ time: Double, _ configuration: Configuration) { all.append((configuration, time)) }

    func estimate(_ configuration: Configuration) -> Double {
        let mean = all.reduce(0) { $0 + $1.time } / Double(all.count)
        let ofSize = shrunk(all.filter { $0.configuration.swarmSize == configuration.swarmSize }.map(\.time), to: mean)
        return shrunk(all.filter { $0.configuration == configuration }.map(\.time), to: ofSize)
    }

    private func shrunk(_ times: [Double], to parent: Double) -> Double {
        (times.reduce(0, +) + parent) / Double(times.count + 1)
    }
}
