import Inner
import Ledger
import Outer
import Problems
import Report
import Testing

@Suite("Reports of compositions")
struct CompositionReportTests {
    private static let names = ["a", "b", "<c>"]
    private static let composed = [0.5, 0.3, 0.2]

    /// The report of a study of three experts that learned nothing, and of what was found.
    ///
    /// - Parameter losses: on the test examples, of the composed expert, the experts, their mean and CMA-ES.
    private func report(_ losses: [[Double]], values: [Double?] = [0.1, 0.4, 0.3, 0.5, 0.2, 0.15]) throws
        -> CompositionReport
    {
        let record = StudyRecord(
            name: "s", problem: .digits(pool: 1),
            spec: StudySpec(space: try ArmSpace(.expertSwarms, floor: 50, ceiling: 400), goal: .price(1), seed: 1),
            provenance: Provenance(created: "now", commandLine: ["knee"], programVersion: "1", host: "h"))
        let study = try StudyReport(record, optimum: nil, pulls: [], stop: .pulls, ledger: "k")
        let uniform = [1.0 / 3, 1.0 / 3, 1.0 / 3]
        let other = [1.2, -0.1, -0.1]
        let mixtures = [Self.composed] + (0..<3).map { unit($0, of: 3) } + [uniform, other]
        func best(_ index: Int) -> SearchResult.Best? {
            values[index].map { SearchResult.Best(point: mixtures[index], value: $0) }
        }
        let searches =
            (0..<3).map {
                MixtureSearch("expert", number: $0, budget: 1, evaluations: 1, best: best($0 + 1), seconds: 0)
            } + [
                MixtureSearch("uniformSoup", number: 0, budget: 1, evaluations: 1, best: best(4), seconds: 0),
                MixtureSearch("modelSwarms", number: 0, budget: 1000, evaluations: 1000, best: best(5), seconds: 1),
            ]
        let tested = zip(mixtures, losses).map { mixture, losses in
            var evaluation = Evaluation(value: losses.isEmpty ? 0.5 : losses.reduce(0, +) / Double(losses.count))
            evaluation.losses = losses
            return TestedMixture(mixture, evaluation)
        }
        return try #require(
            CompositionReport(study, best: best(0), searches: searches, tested: tested, fresh: [], experts: Self.names))
    }

    /// Right and wrong of 400 examples, of which the first `count` are wrong, from `start` on and round.
    private func wrong(_ count: Int, from start: Int = 0) -> [Double] {
        (0..<400).map { ($0 - start + 400) % 400 < count ? 1 : 0 }
    }

    @Test("is called better, worse, or not told apart, by the same examples and never by means alone")
    func standings() throws {
        let report = try report([wrong(100), wrong(200), wrong(230), wrong(250), wrong(104, from: 30), wrong(40)])
        let text = CompositionText.headline(report).replacing("\n", with: " ")
        #expect(text.contains("is better than the best expert;"), "\(text)")
        #expect(text.contains("not to be told apart from the uniform soup; worse than Model Swarms' loop"), "\(text)")
        // The best expert is that of validation.
        #expect(
            report.entries.map(\.name) == ["composed expert", "best expert, b", "uniform soup", "Model Swarms' loop"])
        #expect(report.entries[1].test?.value == 230.0 / 400 && report.entries[1].evaluations == 3)
        let lead = try #require(report.entries[1].lead)
        #expect(abs(lead.mean - 130.0 / 400) < 1e-12 && lead.low > 0)
        // The loss is lower in the mean, yet nothing is claimed.
        let open = try #require(report.entries[2].lead)
        #expect(open.mean > 0 && open.low < 0)
        let all = CompositionText.render(report)
        #expect(all.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(all)")
    }

    @Test("with more comparisons each has to hold with more")
    func together() throws {
        let losses = [wrong(100), wrong(200), wrong(230), wrong(250), wrong(104, from: 30), wrong(40)]
        let lead = try #require(try report(losses).entries[2].lead)
        let alone = LossDifference(losses[0], losses[4])
        #expect(lead.low < alone.low && lead.high > alone.high)
    }

    @Test("without losses of examples, or without a test, nothing is claimed")
    func silent() throws {
        let valuesOnly = try report(Array(repeating: [], count: 6))
        #expect(CompositionText.headline(valuesOnly).contains("cannot be said"))
        #expect(valuesOnly.entries.allSatisfy { $0.lead == nil && $0.test?.value == 0.5 })
        let untested = try report([])
        #expect(CompositionText.headline(untested) == "The composed expert was not tested.")
        #expect(CompositionText.render(untested).contains("made of"))
    }

    @Test("of the examples that all experts miss, those that the composed one answers are counted, beside chance")
    func missedByAll() throws {
        // Experts miss 0 ..< 100; 100 ..< 120 only the first answers, 120 ..< 130 only the second. Composed misses 0 ..< 60.
        let experts = [
            (0..<400).map { $0 < 100 || (120..<130).contains($0) ? 1.0 : 0 }, (0..<400).map { $0 < 120 ? 1.0 : 0 },
            (0..<400).map { $0 < 130 ? 1.0 : 0 },
        ]
        let report = try report([wrong(60)] + experts + [wrong(100), wrong(100)])
        let missed = try #require(report.missedByAll)
        #expect(missed.examples == 100 && missed.answered == 40)
        // Of what all others miss: 100 + 20 examples for the first, of which it answers 20; 110 and 10; 100 and 0.
        #expect(abs(try #require(missed.chance) - 30.0 / 330) < 1e-12)
        let plain = try self.report([wrong(60).map { 0.5 * $0 }] + experts + [wrong(100), wrong(100)])
        #expect(plain.missedByAll == nil, "losses that are not right or wrong miss nothing")
    }

    @Test("a baseline without any value is left out; the study without one has no composition")
    func failures() throws {
        let losses = Array(repeating: wrong(10), count: 6)
        let report = try report(losses, values: [0.1, nil, nil, nil, nil, 0.2])
        #expect(report.entries.map(\.method) == [.composed, .modelSwarms])
    }
}
