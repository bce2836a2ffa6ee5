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
        let past = try ledger.pulls(of: study, .bare)
        let deadline = seconds.map { ContinuousClock.now + .seconds($0) }
        let outcome: StudyOutcome
        var (optimum, outage): (Double?, Outage?)
        switch try study.problem.make() {
        case .pure(let problem):
            optimum = problem.optimum
            outcome = try await learn(launcher(for: problem), past, deadline)
        case .external(var problem):
            problem.outageRule = outages.rule(hasAnswered: past.contains { $0.result.isAnswered })
            (outcome, outage) = try await problem.withEvaluator(workers: workers) { [problem] evaluator in
                let first = study.spec.searchStream(pull: 0)
                let outcome = try await learn(launcher(for: problem, through: evaluator, first: first), past, deadline)
                return (outcome, await evaluator.outage)
            }
        }
        var stop = outcome.stop
        // Reading them takes as long as the verdict.
        async let digests = ledger.digests(of: outcome.pulls, in: study)
        let verdict = try Verdict.of(study.spec, outcome.pulls, from: outcome.beliefs)
        if let verdict, stop.endsLearning {
            do {
                if try await !confirm(verdict, outcome.pulls, deadline) { stop = .time }
            } catch is CancellationError {
                stop = .interrupted
            } catch let failed as Outage { (stop, outage) = (.objectiveFails, failed) }
        }
        let report = try StudyReport(
            study, optimum: optimum, pulls: outcome.pulls, stop: stop, outage: outage, verdict: verdict,
            digests: try await digests, confirmation: try ledger.lastConfirmation(of: study),
            fresh: try ledger.chargedFreshSearches(of: study), ledger: ledger.path, program: Terminal.program)
        try ledger.note(stop, pulls: outcome.pulls.count, verdict: verdict, outage: outage, of: study)
        return report
    }

    /// Fresh searches at the learned arm, paid for by the purse.
    ///
    /// - Returns: false if time ran out before all were made.
    private func confirm(_ verdict: Verdict, _ pulls: [Pull], _ deadline: ContinuousClock.Instant?) async throws -> Bool
    {
        guard let plan = try StudyReport.confirmationPlan(verdict, pulls, study, ledger) else { return true }
        let isLive = !isQuiet && Terminal.isLive
        let fresh = FreshSearches(
            study: study, ledger: ledger, workers: workers, outages: outages,
            learned: pulls.reduce(0) { $0 + $1.result.evaluations }, deadline: deadline,
            announce: { [isQuiet] plan in
                guard !isQuiet else { return }
                if isLive { Terminal.write("\r\u{1B}[K") }
                Terminal.note(
                    "confirming: \(plan.searches) fresh searches of \(Numbers.grouped(plan.budget)) evaluations")
            },
            progress: { done, all in
                if isLive { Terminal.write("\r\u{1B}[K\(done) of \(all) fresh searches") }
            })
        defer { if isLive { Terminal.write("\r\u{1B}[K") } }
        return try await fresh.confirm(plan) != nil
    }

    private func learn(
        _ launch: @escaping Launch, _ past: [Pull], _ deadline: ContinuousClock.Instant?
    ) async throws -> StudyOutcome {
        let meter = ProgressMeter(
            ProgressMeter.Limits(evaluations: study.spec.learningPurse, pulls: study.spec.maxPulls, seconds: seconds),
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
