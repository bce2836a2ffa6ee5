import Inner
import Ledger
import Outer
import Problems
import Report
import Testing

@Suite("Reports of comparisons")
struct ComparisonReportTests {
    private let hostile = "<script>alert('x')</script> & \"quoted\" {x}"

    private func record(_ families: [String], _ problems: [ProblemManifest], blocks: Int) -> ComparisonRecord {
        ComparisonRecord(
            name: "c",
            spec: ComparisonSpec(
                contestants: families.map { Contestant(name: $0, family: $0) },
                problems: problems.map { ComparedProblem($0, instances: [], budgets: [100, 1000]) }, blocks: blocks,
                seed: 1),
            provenance: Provenance(created: "now", commandLine: ["knee"], programVersion: "1", host: "h"))
    }

    /// A search that finds 1 / f^k at evaluation 2^k, for a family as fast as f.
    private func search(_ family: String, _ problem: Int, _ block: Int, speed: Double, above optimum: Double) throws
        -> ComparedSearch
    {
        var (value, improvements) = (1000.0 + Double(block), [Trace.Checkpoint]())
        for step in 0..<10 {
            improvements.append(.init(evaluations: 1 << step, best: optimum + value))
            value /= speed
        }
        let result = SearchResult(
            trace: Trace(), best: .init(point: [0], value: improvements[9].best), evaluations: 1000,
            improvements: improvements)
        return ComparedSearch(
            .init(contestant: family, problem: problem, block: block, budget: 1000),
            try Configuration(family: family, swarmSize: family == "uniformRandom" ? 1 : 20), result, seconds: 0.1)
    }

    private func report(_ problems: [ProblemManifest], optima: [Double], blocks: Int = 12) throws -> ComparisonReport {
        let families = ["uniformRandom", "jade"]
        let record = record(families, problems, blocks: blocks)
        let searches = try problems.indices.flatMap { problem in
            try (0..<blocks).flatMap { block in
                try zip(families, [2.0, 10]).map {
                    try search($0, problem, block, speed: $1, above: optima[problem])
                }
            }
        }
        return ComparisonReport(record, searches, wanted: searches.count, ledger: "runs/knee.sqlite")
    }

    @Test("budgets are read off the beginnings of searches, and running times are those that were planted")
    func figures() throws {
        let sphere = try ProblemManifest.builtIn("sphere", dimension: 2)
        let report = try report([sphere], optima: [try #require(sphere.optimum)])
        #expect(report.levels.map(\.label) == ["100 evaluations", "1,000 evaluations"] && report.isComplete)
        for level in report.levels {
            let comparison = try #require(level.comparison)
            #expect(comparison.order == [1, 0] && comparison.beats(1, 0) && comparison.blocks == 12)
        }
        #expect(ComparisonText.headline(report) == "c: at 1,000 evaluations jade beats uniformRandom")
        let json = try ComparisonJSON.render(report)
        // 10^-6 is reached with the tenth value, 1000 / 10^9 or a little more, so 10^-5.8 is: by jade after 512 evaluations.
        #expect(json.contains("\"target\" : \"1.58489e-06\""), "\(json)")
        #expect(json.contains("\"expectedEvaluations\" : 512"))
        let text = ComparisonText.render(report)
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test("the comparison of one function by itself and of all are the same where the others are as it is")
    func problemsCountOnce() throws {
        let sphere = try ProblemManifest.builtIn("sphere", dimension: 2)
        let one = try #require(try report([sphere], optima: [0]).levels[1].comparison)
        let manifests = try (2...7).map { try ProblemManifest.builtIn("sphere", dimension: $0) }
        let six = try #require(try report(manifests, optima: Array(repeating: 0, count: 6)).levels[1].comparison)
        #expect(six.countsProblems && !one.countsProblems && six.units == 6 && one.units == 12)
        #expect(six.ranks.means == one.ranks.means && six.pairs[0].sequential.wins == 6 * one.pairs[0].sequential.wins)
    }

    @Test("what users name is shown and never markup")
    func hostileNames() throws {
        let command = ProblemManifest.command(
            CommandSpec(words: [hostile], box: Box(-1...1, dimension: 2)))
        let report = try report([command], optima: [0])
        let page = ComparisonPage.render(report)
        #expect(page.contains("&lt;script>alert") || page.contains("&lt;script&gt;alert"))
        #expect(!page.contains("<script>alert"))
        // Without an optimum targets come from the runs.
        #expect(report.targets[0].count > 3 && report.targets[0] != Targets.coco)
        #expect(ComparisonText.render(report).contains("<= "))
        for chart in ComparisonPage.charts(report) { #expect(!chart.table.rows.isEmpty && !chart.title.isEmpty) }
    }

    @Test("with nothing made yet, or one block, there is nothing to compare, and that is said")
    func nothing() throws {
        let sphere = try ProblemManifest.builtIn("sphere", dimension: 2)
        let empty = ComparisonReport(
            record(["jade", "uniformRandom"], [sphere], blocks: 3), [], wanted: 6, ledger: "runs/knee.sqlite")
        #expect(ComparisonText.headline(empty) == "c: nothing to compare yet")
        #expect(ComparisonText.render(empty).contains("0 of 6"))
        #expect(ComparisonPage.render(empty).contains("nothing to compare yet"))
        #expect(try ComparisonJSON.render(empty).contains("\"searches\" : 0"))
        let one = try report([sphere], optima: [0], blocks: 1)
        #expect(one.levels.allSatisfy { $0.comparison == nil })
    }

    @Test("a look sees the blocks up to the first that is not complete, whatever came after it")
    func looks() throws {
        let sphere = try ProblemManifest.builtIn("sphere", dimension: 2)
        let families = ["uniformRandom", "jade"]
        let all = try (0..<12).flatMap { block in
            try zip(families, [2.0, 10]).map { try search($0, 0, block, speed: $1, above: 0) }
        }
        let some = all.filter { $0.place.block != 5 || $0.place.contestant != "jade" }
        let report = ComparisonReport(
            record(families, [sphere], blocks: 12), some, wanted: 24, ledger: "runs/knee.sqlite")
        #expect(report.levels[1].comparison?.blocks == 5 && report.searches == 23)
        #expect(ComparisonText.render(report).contains("23 of 24"))
    }

    @Test("a value within 1e-8 of the optimum is as good as the optimum, and the earlier is better")
    func solved() throws {
        let sphere = try ProblemManifest.builtIn("sphere", dimension: 2)
        let families = ["uniformRandom", "jade"]
        let record = record(families, [sphere], blocks: 8)
        let optimum = try #require(sphere.optimum)
        let searches = try (0..<8).flatMap { block in
            // The first ends closer, the second is there sooner.
            try [("uniformRandom", 600, 0.0), ("jade", 300, 5e-9)].map { family, evaluations, value in
                let result = SearchResult(
                    trace: Trace(), best: .init(point: [0], value: optimum + value), evaluations: 1000,
                    improvements: [
                        .init(evaluations: 1, best: optimum + 1),
                        .init(evaluations: evaluations, best: optimum + value),
                    ])
                return ComparedSearch(
                    .init(contestant: family, problem: 0, block: block, budget: 1000),
                    try Configuration(family: family, swarmSize: family == "jade" ? 20 : 1), result, seconds: 0)
            }
        }
        let report = ComparisonReport(record, searches, wanted: 16, ledger: "k")
        #expect(report.levels[1].comparison?.order == [1, 0])
        // Within 100 evaluations both have found the same.
        let early = try #require(report.levels[0].comparison)
        #expect(early.pairs[0].sequential.ties == 8 && early.pairs[0].sequential.finding == .undecided)
        #expect(ComparisonText.render(report).contains("cannot be told apart"))
    }
}
