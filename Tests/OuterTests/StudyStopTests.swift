import Inner
import Outer
import Support
import Testing

struct StudyStopTests {
    private static let rugged = launcher(for: FunctionProblem.rugged(dimension: 4))

    @Test("no purse is ever exceeded, and a study ends when nothing can be paid for", arguments: [1, 4])
    func purse(workers: Int) async throws {
        let space = try smallSpace()
        for purse in [1, 15, 16, 17, 100, 777, 2500] {
            for policy in ["thompson", "uniform"] {
                let spec = StudySpec(space: space, policy: policy, seed: UInt64(purse), purse: purse)
                let outcome = try await runStudy(spec, workers: workers, launch: Self.rugged, record: { _ in })
                let spent = outcome.pulls.reduce(0) { $0 + $1.result.evaluations }
                #expect(outcome.stop == .purse)
                #expect(spent <= purse && purse - spent < space.floor)
                for pull in outcome.pulls {
                    #expect(pull.budget == space[pull.decision.arm].budget && pull.result.evaluations == pull.budget)
                }
            }
        }
    }

    @Test("a goal that cannot afford an arm never launches it")
    func goalLimitsArms() async throws {
        let space = try smallSpace()
        let spec = StudySpec(space: space, goal: .total(40), policy: "uniform", maxPulls: 40)
        let pulls = try await runStudy(spec, workers: 1, launch: Self.rugged, record: { _ in }).pulls
        #expect(pulls.count == 40 && pulls.allSatisfy { $0.budget <= 40 })
        let broke = StudySpec(space: space, goal: .total(10))
        let outcome = try await runStudy(broke, workers: 1, launch: Self.rugged, record: { _ in })
        #expect(outcome.stop == .purse && outcome.pulls.isEmpty)
    }

    @Test("a pull limit is kept exactly", arguments: [0, 1, 5, 13], [1, 4])
    func pullLimit(limit: Int, workers: Int) async throws {
        let spec = StudySpec(space: try smallSpace(), maxPulls: limit)
        let outcome = try await runStudy(spec, workers: workers, launch: Self.rugged, record: { _ in })
        #expect(outcome.stop == .pulls)
        #expect(outcome.pulls.map(\.number) == Array(0..<limit))
    }

    @Test("when told to stop, a study launches nothing more and finishes what is in flight", arguments: [1, 4])
    func stopClosure(workers: Int) async throws {
        let spec = StudySpec(space: try smallSpace())
        var asked = 0
        let outcome = try await runStudy(
            spec, workers: workers, launch: delayed(Self.rugged), record: { _ in },
            stop: {
                asked += 1
                return asked > 6 ? .time : nil
            })
        #expect(outcome.stop == .time)
        #expect(outcome.pulls.map(\.number) == Array(0..<6))
    }

    @Test("an objective that never answers stops the study at its first searches", arguments: [1, 3])
    func objectiveFails(workers: Int) async throws {
        let problem = ExternalFunction(box: Box(0...1, dimension: 2)) { _, _ in Evaluation(.failed, evidence: "no") }
        let spec = StudySpec(space: try smallSpace())
        let outcome = try await runStudy(
            spec, workers: workers, launch: launcher(for: problem, through: problem), record: { _ in })
        #expect(outcome.stop == .objectiveFails && outcome.pulls.isEmpty)
        #expect(problem.outage?.evidence == "no")
    }

    @Test("swarms larger than their budget that never get an answer stop the study too")
    func smallBudgetsFail() async throws {
        let problem = ExternalFunction(box: Box(0...1, dimension: 2)) { _, _ in Evaluation(.failed, evidence: "no") }
        var factors = ArmSpace.Factors()
        factors.swarmSizes = [50]
        let spec = StudySpec(space: try ArmSpace(factors, floor: 8, ceiling: 16), purse: 400)
        let outcome = try await runStudy(
            spec, workers: 1, launch: launcher(for: problem, through: problem), record: { _ in })
        #expect(outcome.stop == .objectiveFails)
        let spent = outcome.pulls.reduce(0) { $0 + $1.result.evaluations }
        #expect(spent < 10 && problem.outage?.requests == 10)
    }

    /// From pull 6 on the objective is out of reach.
    private func failingLater(_ rule: OutageRule, _ spec: StudySpec) -> Launch {
        let problem = ExternalFunction(box: Box(0...1, dimension: 4), rule: rule) { _, _ in
            Evaluation(.failed, evidence: "no")
        }
        return { arm, grid, stream in
            (0..<6).contains { spec.searchStream(pull: $0).key == stream.key }
                ? await Self.rugged(arm, grid, stream)
                : await launcher(for: problem, through: problem)(arm, grid, stream)
        }
    }

    @Test("a search without an answer after answered ones is data if nobody calls it an outage: the study goes on")
    func unansweredSearches() async throws {
        let spec = StudySpec(space: try smallSpace(), lookAhead: 1, maxPulls: 12)
        let outcome = try await runStudy(
            spec, workers: 1, launch: failingLater(OutageRule(after: nil, hasAnswered: true), spec), record: { _ in })
        #expect(outcome.stop == .pulls && outcome.pulls.count == 12)
        #expect(outcome.pulls.map(\.result.isAnswered) == (0..<12).map { $0 < 6 })
        #expect(outcome.pulls.allSatisfy { $0.result.evaluations == $0.budget })
    }

    @Test(
        "an outage stops the study and leaves nothing behind: resumed, it ends as if there had been none",
        arguments: [1, 3])
    func outage(workers: Int) async throws {
        let spec = StudySpec(space: try smallSpace(), lookAhead: 3, maxPulls: 12)
        let launch = failingLater(OutageRule(after: 10, hasAnswered: true), spec)
        let stopped = try await runStudy(spec, workers: workers, launch: launch, record: { _ in })
        #expect(stopped.stop == .objectiveFails && (0...6).contains(stopped.pulls.count))
        #expect(stopped.pulls.allSatisfy { $0.number < 6 })
        let resumed = try await runStudy(
            spec, past: stopped.pulls, workers: workers, launch: Self.rugged, record: { _ in })
        let whole = try await runStudy(spec, workers: 1, launch: Self.rugged, record: { _ in })
        #expect(Digest.of(resumed.pulls) == Digest.of(whole.pulls))
    }

    @Test("a study whose record cannot be kept ends with that error")
    func recordFails() async throws {
        struct DiskFull: Error {}
        let spec = StudySpec(space: try smallSpace(), maxPulls: 10)
        await #expect(throws: DiskFull.self) {
            try await runStudy(spec, workers: 2, launch: Self.rugged, record: { _ in throw DiskFull() })
        }
    }

    @Test("progress is told after every pull, and sees only what was recorded before")
    func progress() async throws {
        let spec = StudySpec(space: try smallSpace(), maxPulls: 10)
        let recorder = Recorder()
        var told: [Int] = []
        let outcome = try await runStudy(
            spec, workers: 3, launch: delayed(Self.rugged), record: { recorder.record($0) },
            progress: { progress in
                told.append(progress.pulls)
                #expect(recorder.pulls.count == progress.pulls && progress.beliefs.pulls < progress.pulls)
                #expect(recorder.pulls.reduce(0) { $0 + $1.result.evaluations } == progress.evaluations)
            })
        #expect(told == Array(1...10) && outcome.pulls.count == 10)
    }

    @Test("an unknown policy is refused with a suggestion")
    func unknownPolicy() async throws {
        let spec = StudySpec(space: try smallSpace(), policy: "thomson")
        let error = await #expect(throws: SelectionError.self) {
            try await runStudy(spec, workers: 1, launch: Self.rugged, record: { _ in })
        }
        #expect(error?.suggestion == "thompson")
    }

    @Test("decision k sees exactly the pulls 0 ... k - L")
    func visibility() throws {
        let space = try smallSpace()
        for lookAhead in 1...6 {
            let learner = try Learner(StudySpec(space: space, lookAhead: lookAhead))
            for number in 0..<30 {
                #expect(learner.visible(to: number) == (0..<30).count { $0 <= number - lookAhead })
            }
        }
    }
}
