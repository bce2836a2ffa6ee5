import ArgumentParser
import Foundation
import Inner
import Ledger
import Outer
import Problems
import Report

/// Runs a recorded study from where it stands to its next stop, and reports it: what `learn`, `resume` and `sweep` share.
struct StudyRun: Sendable {
    let study: StudyRecord
    let ledger: Ledger
    /// Searches at once.
    let workers: Int
    let evaluators: Evaluators
    /// What its searches wait for besides, if other studies run too.
    var turns: (any Turnstile)?
    var deadline: Deadline?
    let outages: OutageOptions
    /// Whether the study's page is written at the end.
    var writesPage = false
    /// Told what happens.
    var tell: @Sendable (StudyEvent) -> Void = { _ in }

    /// - Returns: the report of the study as it then stands.
    /// - Throws: `LedgerError` if a pull cannot be recorded, `ExternalError` if a command cannot be started.
    func run() async throws -> StudyReport {
        let session = Session.here(study)
        for note in try StudySessions.drift(of: study, session, in: ledger) { tell(.drifted(note)) }
        try ledger.begin(session)
        let result: StudyReport
        do { result = try await work() } catch {
            try? ledger.end(session)
            throw error
        }
        try ledger.end(session)
        return result
    }

    private func work() async throws -> StudyReport {
        let past = try ledger.pulls(of: study, .bare)
        tell(.begun(past: past))
        let rule = outages.rule(hasAnswered: past.contains { $0.result.isAnswered })
        return try await OpenProblem.with(study, evaluators, rule) { try await run(on: $0, past) }
    }

    private func run(on problem: OpenProblem, _ past: [Pull]) async throws -> StudyReport {
        // Reading them takes as long as the verdict. A study that has ended will most likely have no more of them.
        let isEnded = try ledger.lastStop(of: study)?.reason.endsLearning == true
        async let known = isEnded ? ledger.digests(of: past, in: study) : nil
        let outcome = try await learn(problem.launch, past)
        var (stop, outage) = (outcome.stop, await problem.outage)
        let early = try await outcome.pulls.count == past.count ? known : nil
        async let digests = early ?? ledger.digests(of: outcome.pulls, in: study)
        let verdict = try Verdict.of(study.spec, outcome.pulls, from: outcome.beliefs)
        if let verdict, stop.endsLearning {
            do {
                if try await !confirm(verdict, outcome.pulls, on: problem) { stop = .time }
            } catch is CancellationError {
                stop = .interrupted
            } catch let failed as Outage { (stop, outage) = (.objectiveFails, failed) }
        }
        // What the deadline gave up is no interruption.
        if stop == .interrupted, deadline?.isOver == true { stop = .time }
        var report = try StudyReport(
            study, optimum: problem.optimum, pulls: outcome.pulls, stop: stop, outage: outage, verdict: verdict,
            digests: try await digests, confirmation: try ledger.lastConfirmation(of: study),
            fresh: try ledger.chargedFreshSearches(of: study),
            begun: try StudyReport.freshSearches(verdict, study, ledger), ledger: ledger.path, program: Terminal.program
        )
        try ledger.note(
            stop, pulls: outcome.pulls.count, digests: try await digests, verdict: verdict, outage: outage, of: study)
        if writesPage { report.page = page(of: report, outcome, isNews: outcome.pulls.count > past.count) }
        return report
    }

    /// Writes the study's page, unless there is one and nothing is new. That it cannot be written is no reason to fail: all
    /// it says is in the ledger.
    ///
    /// - Returns: where it is; nil if it could not be written.
    private func page(of report: StudyReport, _ outcome: StudyOutcome, isNews: Bool) -> String? {
        let path = StudyPageFile.path(of: study.name, beside: ledger.path)
        if !isNews, FileManager.default.fileExists(atPath: path) { return path }
        do {
            let landscape = try Landscape(
                study.spec, outcome.pulls, verdict: report.verdict, from: outcome.beliefs)
            let picture = try landscape.map { try StudyPicture(report, $0, outcome.pulls, study: study, in: ledger) }
            try StudyPageFile.write(report, picture, to: path)
            return path
        } catch {
            tell(.noPage(Failure(error)?.sentence ?? "\(error)"))
            return nil
        }
    }

    private func learn(_ launch: @escaping Launch, _ past: [Pull]) async throws -> StudyOutcome {
        try await runStudy(
            study.spec, past: past, recheck: recheck(past),
            charged: ledger.chargedFreshSearches(of: study).evaluations, sureFrom: sureFrom(past), workers: workers,
            at: turns, launch: launch,
            record: { pull in
                try await ledger.record(pull, of: study)
                if let retest = pull.result.retest, !retest.isSame { tell(.noisy(retest)) }
            },
            stop: { deadline?.isLaunchOver == true ? .time : nil },
            progress: { tell(.searched($0)) })
    }

    /// Where what it is sure of was not borne out, at a target that searches with it never reached, a quarter more is learned before
    /// it may be sure again.
    private func sureFrom(_ past: [Pull]) throws -> Int {
        guard case .target = study.spec.goal, try ledger.lastStop(of: study)?.reason.endsLearning == true,
            let verdict = try Verdict.of(study.spec, past), verdict.isSure
        else { return 0 }
        let confirmation = try ledger.lastConfirmation(of: study)
        let isSure = StudyReport.isSure(verdict, confirmation?.arm == verdict.arm ? confirmation : nil)
        return isSure ? 0 : past.count + past.count / 4 + 1
    }

    /// The last decision before the first gap, if it was made within the limits that hold now.
    private func recheck(_ past: [Pull]) -> Int? {
        let complete = past.enumerated().prefix { $0.offset == $0.element.number }.count
        guard complete > 0, study.spec(ofDecision: complete - 1) == study.spec else { return nil }
        return complete - 1
    }

    /// Fresh searches at the learned arm, paid for by the purse.
    ///
    /// - Returns: false if time ran out before all were made.
    private func confirm(_ verdict: Verdict, _ pulls: [Pull], on problem: OpenProblem) async throws -> Bool {
        guard let plan = try StudyReport.confirmationPlan(verdict, pulls, study, ledger) else { return true }
        let fresh = FreshSearches(
            study: study, ledger: ledger, problem: problem, workers: workers, turns: turns,
            learned: pulls.reduce(0) { $0 + $1.result.evaluations }, deadline: deadline, tell: tell)
        return try await fresh.confirm(plan) != nil
    }
}

extension StudyRun {
    /// Continues a study in the way it was begun, and tells what came of it.
    static func watchedAndTold(
        _ study: StudyRecord, in ledger: Ledger, time: TimeOptions, outages: OutageOptions, running: RunningOptions
    ) async throws {
        guard !study.problem.isComposition else {
            return try await CompositionRun(
                study: study, ledger: ledger, time: time, outages: outages, running: running,
                baselines: Baselines(of: study, in: ledger)
            ).watchedAndTold()
        }
        try await Ending.tell(
            watched(study, in: ledger, time: time, outages: outages, running: running), running.format)
    }

    /// Runs a study by itself, interruptibly, with its progress on standard error.
    static func watched(
        _ study: StudyRecord, in ledger: Ledger, time: TimeOptions, outages: OutageOptions, running: RunningOptions
    ) async throws -> StudyReport {
        let workers = running.workers(lookAhead: study.spec.lookAhead, for: study.problem)
        var run = StudyRun(
            study: study, ledger: ledger, workers: workers, evaluators: Evaluators(workers: workers),
            deadline: Deadline(seconds: time.seconds), outages: outages, writesPage: running.page)
        if running.quiet { return try await interruptible(run.run) }
        let meter = ProgressMeter(
            ProgressMeter.Limits(
                evaluations: study.spec.learningPurse, pulls: study.spec.maxPulls, seconds: time.seconds))
        run.tell = meter.hear
        return try await interruptible { [run] in try await LiveLine.show(meter.line, while: run.run) }
    }
}

/// How a finished study is told, and what the program ends with.
enum Ending {
    /// Prints the report and throws the exit code that its stop deserves, if that is not success.
    ///
    /// - Parameter composition: what the study composed, if it did.
    static func tell(_ report: StudyReport, _ format: Format, _ composition: CompositionReport? = nil) throws {
        print(try rendered(report, format, composition))
        switch report.stop {
        case .interrupted:
            Terminal.note("interrupted; continue with: \(ReportText.resumeCommand(report))")
            throw Exit.interrupted
        case .objectiveFails:
            Terminal.note("the objective keeps failing; continue with: \(ReportText.resumeCommand(report))")
            throw Exit.objectiveFails
        default: if !report.isSure { throw Exit.notSure }
        }
    }

    static func rendered(
        _ report: StudyReport, _ format: Format, _ composition: CompositionReport? = nil
    ) throws -> String {
        switch format {
        case .text:
            ([ReportText.render(report)] + [composition.map(CompositionText.render)].compactMap(\.self))
                .joined(separator: "\n\n")
        case .json: try ReportJSON.render(report, composition)
        }
    }
}
