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
        let next =
            "continue with: " + ReportText.command("resume", study.name, ledger: ledger.path, program: Terminal.program)
        do {
            let (report, composition) = try await interruptible {
                guard !isQuiet else { return try await run { _ in } }
                return try await LiveLine.show(meter.line) { try await run(meter.hear) }
            }
            if composition == nil, report.stop?.endsLearning == true || report.stop == .time {
                Terminal.note("not composed yet: time ran out; \(next)")
            }
            try Ending.tell(report, running.format, composition)
        } catch is CancellationError {
            Terminal.note("interrupted; \(next)")
            throw Exit.interrupted
        } catch let outage as Outage {
            Terminal.note("knee: \(Failure(outage)?.sentence ?? "the objective keeps failing."); \(next)")
            throw Exit.objectiveFails
        }
    }

    private func run(
        _ tell: @escaping @Sendable (StudyEvent) -> Void
    ) async throws -> (StudyReport, CompositionReport?) {
        try ComposedFiles.prepare(study, beside: ledger.path)
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
            let experts = try await look(searches)
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
        try await MixtureTests(study: study, ledger: ledger, rule: outages.rule(hasAnswered: true)).make(report, tell)
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

    /// - Throws: `Failure` if there is nothing to search for; then the study has ended so.
    private func look(_ searches: BaselineSearches) async throws -> [Double] {
        do { return try await searches.lookAtExperts() } catch let failure as Failure {
            if try ledger.lastStop(of: study) == nil {
                try ledger.note(.objectiveFails, pulls: 0, digests: StudyDigests([]), verdict: nil, of: study)
            }
            throw failure
        }
    }
}
