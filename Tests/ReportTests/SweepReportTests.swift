import Inner
import Ledger
import Outer
import Problems
import Report
import Testing

@Suite("The report of a sweep")
struct SweepReportTests {
    /// A study that is not sure, with a forecast of as many evaluations as it has made.
    private func study(_ name: String, isForeseen: Bool = true) async throws -> SweepReport.Study {
        var factors = ArmSpace.Factors()
        (factors.swarmSizes, factors.inertias, factors.topologies) = ([5, 20], ["0.5", "0.7298"], ["ring"])
        let record = StudyRecord(
            name: name, problem: try .builtIn("sphere", dimension: 3),
            spec: StudySpec(space: try ArmSpace(factors, floor: 50, ceiling: 800), purse: 400),
            provenance: Provenance(created: "now", commandLine: ["knee"], programVersion: "1", host: "h"))
        guard case .pure(let problem) = try record.problem.make() else { throw ProblemIsExternal() }
        let pulls = try await runStudy(record.spec, workers: 1, launch: launcher(for: problem), record: { _ in }).pulls
        let report = try StudyReport(record, optimum: 0, pulls: pulls, stop: .time, ledger: "runs/knee.sqlite")
        try #require(report.verdict?.isSure == false)
        // From four times the worth to twice and to once what is sure, a doubling each: b = 1, and n more.
        let forecast = SurenessForecast(
            (report.evaluations / 2, 4 * Verdict.sureness), (report.evaluations, 2 * Verdict.sureness))
        return SweepReport.Study(name: name, report: report, forecast: isForeseen ? forecast : nil, trouble: nil)
    }

    private struct ProblemIsExternal: Error {}

    private func sweep(_ studies: [SweepReport.Study]) -> SweepReport {
        SweepReport(name: "night", studies: studies, run: nil)
    }

    @Test("equal turns: two that need as long as each other are sure together, on one worker after twice the time")
    func hours() async throws {
        let one = try await study("night-a")
        let hours = try #require(one.secondsToSure) / 3600
        let (pair, crowd) = (sweep([one, one]), sweep([one, one, try await study("night-b", isForeseen: false)]))
        for (report, workers, turns) in [(pair, 1, 2.0), (pair, 2, 1), (pair, 64, 0.25), (crowd, 1, 3)] {
            #expect(report.sureAfter(hours: 0.99 * turns * hours, workers: workers) == 0)
            #expect(report.sureAfter(hours: 1.01 * turns * hours, workers: workers) == 2)
        }
    }

    @Test("it fits 80 columns, whatever the names and evidence")
    func width() async throws {
        let long = try await study("night-" + String(repeating: "long", count: 23))
        let broken = SweepReport.Study(
            name: "night-broken", report: nil, forecast: nil,
            trouble: "it said \(String(repeating: "no", count: 100)) and \(String(repeating: "word ", count: 30))")
        let never = SweepReport.Study(name: "night-never", report: nil, forecast: nil, trouble: nil)
        let text = SweepText.render(
            sweep([long, try await study("night-b", isForeseen: false), broken, never]), workers: 2)
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        let words = text.split { $0 == " " || $0.isNewline }.joined(separator: " ")
        for fact in [
            "night: 0 of 4 studies are sure", "spent 800 evaluations", "EVPI ", "not yet sure", "falling as n^-1.00",
            "too few searches", "not begun",
            "what went wrong", "nono", "what more hours would do", "(extrapolated)", "nothing can be foreseen",
        ] { #expect(words.contains(fact), "\(fact) in \(text)") }
    }
}
