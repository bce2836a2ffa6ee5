import Inner
import Outer
import RealModule
import Support
import Testing

struct StudyIdentityTests {
    private static let rugged = launcher(for: FunctionProblem.rugged(dimension: 4))

    private func study(
        _ spec: StudySpec, past: [Pull] = [], workers: Int = 1, launch: @escaping Launch = rugged
    ) async throws -> [Pull] {
        try await runStudy(spec, past: past, workers: workers, launch: launch, record: { _ in }).pulls
    }

    /// Everything but the wall time.
    private func expectSame(_ pulls: [Pull], _ others: [Pull], _ label: Comment) {
        #expect(Digest.of(pulls) == Digest.of(others), label)
        #expect(pulls.map(\.number) == others.map(\.number), label)
        #expect(pulls.map(\.decision) == others.map(\.decision), label)
        #expect(pulls.map(\.result) == others.map(\.result), label)
    }

    @Test("1, 2, 4 and 7 workers make the same study, however long their searches take", arguments: [1, 4], [1, 9])
    func workersDoNotMatter(lookAhead: Int, seed: UInt64) async throws {
        let spec = StudySpec(space: try smallSpace(), seed: seed, lookAhead: lookAhead, maxPulls: 24)
        let alone = try await study(spec)
        #expect(alone.count == 24)
        for workers in [1, 2, 4, 7] {
            let pulls = try await study(spec, workers: workers, launch: delayed(Self.rugged))
            expectSame(pulls, alone, "\(workers) workers")
        }
    }

    @Test(
        "for every policy 1 worker, 4 workers, and 3 workers that resume are one study",
        arguments: PolicyCatalogue.all.entries.map(\.name))
    func everyPolicy(policy: String) async throws {
        let spec = StudySpec(space: try smallSpace(), policy: policy, seed: 8, purse: 1500)
        let alone = try await study(spec)
        #expect(alone.count > 10)
        expectSame(try await study(spec, workers: 4, launch: delayed(Self.rugged)), alone, "4 workers")
        for count in [1, alone.count / 2, alone.count - 1] {
            let past = Array(alone.prefix(count))
            expectSame(try await study(spec, past: past, workers: 3), alone, "resumed after \(count)")
        }
    }

    @Test("a recorded decision that the study would not make is refused when it goes on (broken twin: unchecked)")
    func recheck() async throws {
        let spec = StudySpec(space: try smallSpace(), seed: 5, maxPulls: 20)
        let past = Array(try await study(spec).prefix(8))
        let other = StudySpec(space: try smallSpace(), seed: 6, maxPulls: 20)
        await #expect(throws: OtherDecision(number: 7)) {
            _ = try await runStudy(
                other, past: past, recheck: 7, workers: 1, launch: Self.rugged, record: { _ in })
        }
        #expect(try await study(other, past: past).count == 20)
        let same = try await runStudy(spec, past: past, recheck: 7, workers: 2, launch: Self.rugged, record: { _ in })
        expectSame(same.pulls, try await study(spec), "checked")
    }

    @Test("other seeds and other policies make other studies")
    func specDecides() async throws {
        let space = try smallSpace()
        let specs = [
            StudySpec(space: space, maxPulls: 10), StudySpec(space: space, seed: 2, maxPulls: 10),
            StudySpec(space: space, policy: "uniform", maxPulls: 10),
        ]
        var digests: Set<String> = []
        for spec in specs { digests.insert(Digest.of(try await study(spec))) }
        #expect(digests.count == specs.count)
    }

    @Test("a study resumed after any number of pulls is the study that was never interrupted")
    func resumesFromAnyPrefix() async throws {
        // A purse besides, so that what was spent before the interruption counts.
        let spec = StudySpec(space: try smallSpace(), policy: "uniform", seed: 3, purse: 900)
        let whole = try await study(spec)
        #expect(whole.count > 8)
        for count in 0...whole.count {
            let past = Array(whole.prefix(count).shuffled())
            expectSame(try await study(spec, past: past, workers: 3, launch: delayed(Self.rugged)), whole, "\(count)")
        }
        let learning = StudySpec(space: try smallSpace(), seed: 3, maxPulls: 18)
        let learned = try await study(learning)
        for count in 0...learned.count {
            let past = Array(learned.prefix(count))
            expectSame(try await study(learning, past: past, workers: 2), learned, "\(count)")
        }
    }

    @Test("a pull that was in flight when the study was killed is run again, identically")
    func fillsGaps() async throws {
        let spec = StudySpec(space: try smallSpace(), seed: 4, lookAhead: 4, maxPulls: 14)
        let whole = try await study(spec)
        for gap in 0..<whole.count {
            // Pulls up to three later may have finished; none beyond was decided.
            let past = whole.filter { $0.number != gap && $0.number < gap + 4 }
            let recorder = Recorder()
            let pulls = try await runStudy(
                spec, past: past, workers: 2, launch: Self.rugged, record: { recorder.record($0) }
            ).pulls
            expectSame(pulls, whole, "without pull \(gap)")
            #expect(recorder.pulls.map(\.number).contains(gap))
            #expect(Set(recorder.pulls.map(\.number)).isDisjoint(with: past.map(\.number)))
        }
    }

    @Test("a study cancelled midway keeps what it recorded and resumes to the same end", arguments: [1, 3, 4])
    func cancelsAndResumes(workers: Int) async throws {
        let spec = StudySpec(space: try smallSpace(), seed: 5, maxPulls: 20)
        let whole = try await study(spec)
        let recorder = Recorder()
        let outcome = try await Task {
            try await runStudy(
                spec, workers: workers, launch: delayed(Self.rugged),
                record: { pull in
                    if recorder.record(pull) == 9 { withUnsafeCurrentTask { $0?.cancel() } }
                })
        }.value
        #expect(outcome.stop == .interrupted)
        #expect((9..<20).contains(outcome.pulls.count))
        #expect(outcome.pulls == recorder.pulls.sorted { $0.number < $1.number })
        expectSame(try await study(spec, past: outcome.pulls), whole, "resumed")
    }

    @Test("every decision can be computed again from the recorded pulls", arguments: [1, 4], ["thompson", "uniform"])
    func decisionsAreRecomputed(lookAhead: Int, policy: String) async throws {
        let space = try smallSpace()
        for (goal, purse) in [(Goal.price(1), 1500), (.price(0), nil), (.total(200), nil)] as [(Goal, Int?)] {
            let spec = StudySpec(
                space: space, goal: goal, policy: policy, seed: 6, lookAhead: lookAhead, purse: purse, maxPulls: 16)
            let pulls = try await study(spec)
            for pull in pulls {
                #expect(try Learner.recompute(pull.number, of: spec, from: pulls) == pull.decision)
            }
        }
    }

    @Test("no decision and no verdict changes when y is replaced by log y, y^3 or 5 y - 2", arguments: [false, true])
    func transformsDoNotMatter(stops: Bool) async throws {
        let spec = StudySpec(
            space: try smallSpace(), seed: 7, maxPulls: stops ? 400 : 24, levelsAtFirst: stops ? 2 : nil,
            stopsWhenSure: stops)
        // Values above 1, so that all of them rise.
        let shifted: @Sendable (Double) -> Double = { $0 + 2 }
        let transforms: [@Sendable (Double) -> Double] = [
            shifted, { Double.log(shifted($0)) }, { Double.pow(shifted($0), 3) }, { 5 * shifted($0) - 2 },
        ]
        var (decisions, values, verdicts): (Set<String>, Set<String>, [Verdict]) = ([], [], [])
        for transform in transforms {
            let problem = FunctionProblem.rugged(dimension: 4, transform: transform)
            let pulls = try await study(spec, launch: launcher(for: problem))
            decisions.insert(Digest.ofDecisions(pulls))
            values.insert(Digest.of(pulls))
            verdicts.append(try #require(try Verdict.of(spec, pulls)))
        }
        #expect(decisions.count == 1 && values.count == 4)
        #expect(verdicts.allSatisfy { $0.exceptMeasurements == verdicts[0].exceptMeasurements })
        let turned = FunctionProblem.rugged(dimension: 4) { -$0 }
        let other = try await study(spec, launch: launcher(for: turned))
        #expect(!decisions.contains(Digest.ofDecisions(other)))
    }

    @Test("an objective outside the process makes the study that one inside makes")
    func externalEqualsInternal() async throws {
        let spec = StudySpec(space: try smallSpace(), seed: 8, maxPulls: 12)
        let external = ExternalFunction(FunctionProblem.rugged(dimension: 4))
        let evaluator = try await external.start(workers: 4)
        let pulls = try await study(spec, workers: 4, launch: launcher(for: external, through: evaluator))
        expectSame(pulls, try await study(spec), "external")
    }
}

extension Verdict {
    /// Everything it says but the one number on the objective's own scale, and what a clock said.
    fileprivate var exceptMeasurements: [String: String] {
        Dictionary(
            uniqueKeysWithValues: Mirror(reflecting: self).children.compactMap { child in
                child.label.flatMap {
                    ["observedMedian", "secondsPerEvaluation"].contains($0) ? nil : ($0, "\(child.value)")
                }
            })
    }
}
