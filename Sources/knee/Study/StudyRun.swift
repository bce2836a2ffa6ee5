import ArgumentParser
import Foundation
import Inner
import Ledger
import Outer
import Problems
import Report

/// Runs a recorded study from where it stands to its next stop, and reports it: what `learn` and `resume` share.
struct StudyRun: Sendable {
    let study: StudyRecord
    let ledger: Ledger
    let workers: Int
    /// Seconds until no search is launched any more; nil without a deadline.
    let seconds: Double?
    let outages: OutageOptions
    let isQuiet: Bool

    /// - Returns: the report of the study as it then stands.
    /// - Throws: `LedgerError` if a pull cannot be recorded, `ExternalError` if a command cannot be started.
    func run() async throws -> StudyReport {
        let past = try ledger.pulls(of: study)
        let outcome: StudyOutcome
        var (optimum, outage): (Double?, Outage?)
        switch try study.problem.make() {
        case .pure(let problem):
            optimum = problem.optimum
            outcome = try await learn(launcher(for: problem), past)
        case .external(var problem):
            problem.outageRule = outages.rule(hasAnswered: past.contains { $0.result.isAnswered })
            (outcome, outage) = try await problem.withEvaluator(workers: workers) { [problem] evaluator in
                let first = study.spec.searchStream(pull: 0)
                let outcome = try await learn(launcher(for: problem, through: evaluator, first: first), past)
                return (outcome, await evaluator.outage)
            }
        }
        let report = try StudyReport(
            study, optimum: optimum, pulls: outcome.pulls, stop: outcome.stop, outage: outage,
            confirmation: try ledger.lastConfirmation(of: study), ledger: ledger.path, program: Terminal.program)
        try ledger.note(outcome.stop, pulls: outcome.pulls.count, verdict: report.verdict, outage: outage, of: study)
        return report
    }

    private func learn(_ launch: @escaping Launch, _ past: [Pull]) async throws -> StudyOutcome {
        let deadline = seconds.map { ContinuousClock.now + .seconds($0) }
        let meter = ProgressMeter(
            ProgressMeter.Limits(evaluations: study.spec.purse, pulls: study.spec.maxPulls, seconds: seconds),
            past: past)
        let learning = {
            try await runStudy(
                study.spec, past: past, workers: workers, launch: launch,
                record: { pull in
                    try await ledger.record(pull, of: study)
                    if let retest = pull.result.retest, !retest.isSame, !isQuiet {
                        Terminal.note("warning: \(ReportText.sentence(retest))")
                    }
                },
                stop: { deadline.map { $0 <= .now } == true ? .time : nil },
                progress: { meter.update($0) })
        }
        return isQuiet ? try await learning() : try await meter.show(learning)
    }
}

/// How a finished study is told, and what the program ends with.
enum Ending {
    /// Prints the report and throws the exit code that its stop deserves, if that is not success.
    static func tell(_ report: StudyReport, _ format: Format) throws {
        print(try rendered(report, format))
        switch report.stop {
        case .interrupted:
            Terminal.note("interrupted; continue with: \(ReportText.resumeCommand(report))")
            throw Exit.interrupted
        case .objectiveFails:
            Terminal.note("the objective keeps failing; continue with: \(ReportText.resumeCommand(report))")
            throw Exit.objectiveFails
        default: if report.verdict?.isSure != true { throw Exit.notSure }
        }
    }

    static func rendered(_ report: StudyReport, _ format: Format) throws -> String {
        switch format {
        case .text: ReportText.render(report)
        case .json: try ReportJSON.render(report)
        }
    }
}
