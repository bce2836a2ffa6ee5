import Foundation
import Inner
import Ledger
import Outer
import Problems
import Report
import Strategies

/// Runs a composition to its end: looks at the experts, learns, lets baselines search, tests everything once, and writes the
/// expert. What is recorded already is not done again.
struct CompositionRun: Sendable {
    let study: StudyRecord
    let ledger: Ledger
    let time: TimeOptions
    let outages: OutageOptions
    let running: RunningOptions
    let baselines: Baselines

    /// Runs it interruptibly, with its progress on standard error, and prints what came of it.
    ///
    /// - Throws: as `Ending.tell`.
    func watchedAndTold() async throws {
        let meter = ProgressMeter(
            ProgressMeter.Limits(
                evaluations: study.spec.learningPurse, pulls: study.spec.maxPulls, seconds: time.seconds))
        let isQuiet = running.quiet
        let (report, composition) = try await interruptible {
            guard !isQuiet else { return try await run { _ in } }
            return try await LiveLine.show(meter.line) { try await run(meter.hear) }
        }
        try Ending.tell(report, running.format, composition)
    }

    private func run(
        _ tell: @escaping @Sendable (StudyEvent) -> Void
    ) async throws -> (StudyReport, CompositionReport?) {
        let workers = running.workers(lookAhead: study.spec.lookAhead, for: study.problem)
        let evaluators = Evaluators(workers: workers)
        let deadline = Deadline(seconds: time.seconds)
        let hasAnswered = try !ledger.mixtureSearches(of: study).isEmpty
        // Held open from the first look to the last baseline: the evaluator loads its model once.
        let (report, isComplete) = try await OpenProblem.with(
            study, evaluators, outages.rule(hasAnswered: hasAnswered)
        ) { problem in
            let searches = BaselineSearches(
                study: study, ledger: ledger, problem: problem, workers: workers, deadline: deadline, tell: tell)
            let experts = try await searches.lookAtExperts()
            var learning = StudyRun(
                study: study, ledger: ledger, workers: workers, evaluators: evaluators, deadline: deadline,
                outages: outages)
            learning.writesPage = running.page
            learning.tell = tell
            let report = try await learning.run()
            guard let stop = report.stop, stop.endsLearning, let arm = report.recommended else {
                return (report, false)
            }
            let isComplete = try await searches.make(
                baselines, like: arm, spending: report.evaluations, experts: experts)
            return (report, isComplete)
        }
        guard isComplete else { return (report, nil) }
        try await MixtureTests(study: study, ledger: ledger).make(report, tell)
        guard var composition = try RecordedComposition.report(report, of: study, in: ledger) else {
            return (report, nil)
        }
        composition.files = try ComposedFiles.write(composition, report, study: study, beside: ledger.path)
        if let page = report.page {
            let recorded = try await RecordedReport(study, in: ledger, history: true)
            try StudyPageFile.write(recorded.report, recorded.picture, composition, to: page)
        }
        return (report, composition)
    }
}
