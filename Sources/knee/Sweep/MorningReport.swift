import ArgumentParser
import Ledger
import Outer
import Report

/// What is known of a sweep, from its run and from its ledger.
enum MorningReport {
    /// The report, and what the program ends with if that is not success.
    struct Ended: Sendable {
        let report: SweepReport
        let exit: ExitCode?
    }

    /// Runs what is not sure yet, and reports all.
    static func running(_ plan: SweepPlan, _ options: Sweep, _ deadline: Deadline?) async throws -> Ended {
        let start = ContinuousClock.now
        // The only one from here on: to close another on the same file would drop its locks.
        let ledger = try Ledger(at: plan.ledger, .readWrite)
        let sure = try Set(plan.studies.filter { try $0.lastStop(in: ledger) == .sure }.map(\.name))
        let open = plan.studies.filter { !sure.contains($0.name) }
        if !options.quiet {
            let studies = Numbers.counted(plan.studies.count, "study", "studies")
            Terminal.note("sweep \(plan.name): \(studies), \(sure.count) sure already, in \(plan.ledger)")
        }
        let meter = SweepMeter(
            studies: plan.studies.count, done: sure.count,
            purses: open.reduce(0) { min($0 + $1.content.spec.largestSpend, Int.max / 4) }, deadline: deadline)
        let run = SweepRun(
            studies: open, ledger: ledger, workers: options.workers, deadline: deadline, meter: meter,
            isQuiet: options.quiet)
        let ends = options.quiet ? try await run.run() : try await LiveLine.show(meter.line, while: run.run)
        let isInterrupted = Task.isCancelled
        let known = Dictionary(uniqueKeysWithValues: zip(open.map(\.name), ends))
        let studies = try await Self.studies(plan, ledger, known.compactMapValues { $0 }, workers: options.workers)
        let report = SweepReport(
            name: plan.name, studies: studies,
            run: (seconds: (ContinuousClock.now - start) / .seconds(1), workers: options.workers))
        return Ended(report: report, exit: exit(report, ends, isInterrupted: isInterrupted))
    }

    /// The report of what the ledger has.
    static func recorded(_ plan: SweepPlan, workers: Int) async throws -> SweepReport {
        let ledger = try Ledger(at: plan.ledger, .readOnly)
        return SweepReport(
            name: plan.name, studies: try await studies(plan, ledger, [:], workers: workers), run: nil)
    }

    /// In the order of the plan, several at a time: a verdict takes a while.
    private static func studies(
        _ plan: SweepPlan, _ ledger: Ledger, _ ends: [String: SweepRun.End], workers: Int
    ) async throws -> [SweepReport.Study] {
        var studies = [SweepReport.Study?](repeating: nil, count: plan.studies.count)
        try await withThrowingTaskGroup(of: (Int, SweepReport.Study).self) { group in
            var (next, open) = (0, 0)
            while true {
                while open < workers, next < plan.studies.count {
                    let (number, study) = (next, plan.studies[next])
                    group.addTask { (number, try await Self.study(study, ledger, ends[study.name])) }
                    next += 1
                    open += 1
                }
                guard let (number, study) = try await group.next() else { return }
                open -= 1
                studies[number] = study
            }
        }
        return studies.compactMap { $0 }
    }

    private static func study(
        _ study: PlannedStudy, _ ledger: Ledger, _ end: SweepRun.End?
    ) async throws -> SweepReport.Study {
        var (report, trouble): (StudyReport?, String?) = (nil, nil)
        switch end {
        case .reported(let told): report = told
        case .failed(let failure): trouble = failure.sentence
        case nil: break
        }
        guard try ledger.hasStudy(named: study.name) else {
            return SweepReport.Study(name: study.name, report: nil, forecast: nil, trouble: trouble)
        }
        let record = try ledger.study(named: study.name)
        let recorded = try await RecordedReport(record, in: ledger, history: false)
        let whole = report ?? recorded.report
        let forecast = try whole.verdict.flatMap { try SurenessForecast.of(record.spec, recorded.pulls, $0) }
        return SweepReport.Study(
            name: study.name, report: whole, forecast: forecast, trouble: trouble,
            chart: recorded.picture?.smallChart)
    }

    private static func exit(
        _ report: SweepReport, _ ends: [SweepRun.End?], isInterrupted: Bool
    ) -> ExitCode? {
        if isInterrupted { return Exit.interrupted }
        let troubles = ends.compactMap { end -> Int32? in
            switch end {
            case .failed(let failure): max(failure.exitCode, Exit.objectiveFails.rawValue)
            case .reported(let report): report.stop == .objectiveFails ? Exit.objectiveFails.rawValue : nil
            case nil: nil
            }
        }
        if let worst = troubles.max() { return ExitCode(worst) }
        return report.sure < report.studies.count ? Exit.notSure : nil
    }
}
