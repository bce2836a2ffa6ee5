import Foundation
import GRDB
import Inner
import Ledger
import Outer
import Testing

@Suite("Compositions in a ledger")
struct CompositionLedgerTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger
    private let study: StudyRecord

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger(at: folder.file("k.sqlite"), .readWrite)
        study = try Sample.record()
        try ledger.create(study)
    }

    @Test("what baselines found is read again, to the last bit, and recorded once")
    func searches() async throws {
        let found = MixtureSearch(
            "hullCMAES", number: 3, budget: 400, evaluations: 399, setting: "v 0.1",
            best: .init(point: [1.0 / 3, -0x1p-1070, 2.0 / 3], value: 0.1 + 0.2), seconds: 0.5)
        let failed = MixtureSearch("expert", number: 0, budget: 1, evaluations: 1, best: nil, seconds: 0)
        for search in [found, failed, found] { try await ledger.record(search, of: study) }
        #expect(try ledger.mixtureSearches(of: study) == [failed, found])
        // Another budget is another search.
        try await ledger.record(
            MixtureSearch("hullCMAES", number: 3, budget: 800, evaluations: 800, best: found.best, seconds: 1),
            of: study)
        #expect(try ledger.mixtureSearches(of: study).count == 3)
    }

    @Test("a mixture is tested once; losses keep every bit, failures their evidence")
    func tests() async throws {
        var evaluation = Evaluation(value: 0.25)
        evaluation.losses = [0, 1, 0x1p-1070, -0.0]
        let good = TestedMixture([0.5, 0.5], evaluation)
        let bad = TestedMixture([1, 0], Evaluation(.timedOut, evidence: "60 s"))
        try await ledger.record(good, of: study)
        try await ledger.record(bad, of: study)
        try await ledger.record(TestedMixture([0.5, 0.5], Evaluation(value: 0.75)), of: study)
        let read = try ledger.testedMixtures(of: study)
        #expect(read == [good, bad] && read[1].evidence == "60 s" && read[1].losses.isEmpty)
        #expect(zip(read[0].losses, good.losses).allSatisfy { $0.bitPattern == $1.bitPattern })
    }

    @Test("the best mixture is that of all searches that the purse has paid for; of equals the first")
    func best() async throws {
        #expect(try ledger.bestMixture(of: study) == nil)
        // Some of the purse is left.
        let pulls = try await Sample.pulls(of: study).prefix(4)
        for pull in pulls { try await ledger.record(pull, of: study) }
        let least = try #require(pulls.compactMap(\.result.best).min { $0.value < $1.value })
        #expect(try ledger.bestMixture(of: study) == least)
        let space = study.spec.space
        let plan = try ConfirmationPlan(space[0], of: space, searches: 3)
        for (number, isCharged, value) in [(0, false, least.value - 2), (1, true, least.value - 1)] {
            let result = SearchResult(
                trace: Trace([.init(evaluations: 50, best: value)]), best: .init(point: [Double(number)], value: value),
                evaluations: 50)
            try await ledger.record(
                FreshSearch(number: number, result: result, seconds: 1), of: plan, isCharged: isCharged, in: study)
        }
        #expect(try ledger.bestMixture(of: study)?.point == [1])
    }

    @Test("the baselines that were asked for are remembered")
    func baselines() throws {
        #expect(try ledger.baselines(of: study) == nil)
        try ledger.set(baselines: ["greedySoup", "hullRandom"], of: study)
        #expect(try ledger.baselines(of: study) == ["greedySoup", "hullRandom"])
        try ledger.set(baselines: [], of: study)
        #expect(try ledger.baselines(of: study) == [])
    }
}
