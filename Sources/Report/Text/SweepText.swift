import Foundation
import Outer
import Problems

/// The morning report for a terminal of 80 columns: what was learned, what is not yet sure, what went wrong, what more hours
/// would do.
public enum SweepText {
    public static func render(_ sweep: SweepReport, workers: Int) -> String {
        var lines = [
            "\(sweep.name): \(sweep.sure) of \(Numbers.counted(sweep.studies.count, "study is", "studies are")) sure",
            "",
        ]
        lines += [table(sweep), ""] + spending(sweep)
        lines += section("not yet sure", notSure(sweep))
        lines += section("what went wrong", wrong(sweep))
        lines += section("what more hours would do (extrapolated)", hours(sweep, workers))
        return lines.joined(separator: "\n")
    }

    private static func spending(_ sweep: SweepReport) -> [String] {
        let spent = sweep.studies.reduce(0) { $0 + ($1.report?.evaluations ?? 0) }
        let seconds = sweep.studies.reduce(0) { $0 + ($1.report?.searchSeconds ?? 0) }
        let run = sweep.run.map {
            "\(Numbers.duration($0.seconds)) on \(Numbers.counted($0.workers, "worker", "workers"))"
        }
        return [Facts.line("spent", "\(Numbers.grouped(spent)) evaluations, \(Numbers.duration(seconds)) of search")]
            + (run.map { [Facts.line("this run", $0)] } ?? [])
    }

    private static func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", title] + lines
    }

    // MARK: What was learned

    private static func table(_ sweep: SweepReport) -> String {
        let header = ["study", "verdict", "knee", "range", "sure", "spent"]
        let rows = sweep.studies.map { row($0, sweep) }
        return Table.fitted(header, rows)
    }

    private static func row(_ study: SweepReport.Study, _ sweep: SweepReport) -> [String] {
        let name = label(study, sweep)
        guard let report = study.report, let verdict = report.verdict, let arm = report.recommended else {
            return [name, "-", "-", "-", study.report == nil && study.trouble == nil ? "not begun" : "no", "0"]
        }
        let fresh = report.confirmedKnee
        return [
            name, SettingsText.extents(arm),
            (report.kneeIsCensored ? ">=" : "") + Numbers.grouped(arm.budget),
            [fresh?.low ?? verdict.knee.low, fresh?.high ?? verdict.knee.high]
                .map { Numbers.short(Double($0)) }.joined(separator: "-"),
            study.isSure
                ? "yes"
                : report.isSure
                    ? "unfinished" : "EVPI \(Numbers.fixed(verdict.expectedGainOfPerfectInformation, 2))",
            Numbers.short(Double(report.evaluations)),
        ]
    }

    /// Without what all names begin with.
    static func label(_ study: SweepReport.Study, _ sweep: SweepReport) -> String {
        study.name.hasPrefix(sweep.name + "-") ? String(study.name.dropFirst(sweep.name.count + 1)) : study.name
    }

    // MARK: What is not yet sure

    private static func notSure(_ sweep: SweepReport) -> [String] {
        let open = sweep.studies.filter { !$0.isSure && $0.trouble == nil }
        let known = open.compactMap { study in
            study.report?.verdict.map { Paragraph.item("\(study.name): \(outlook(study, $0))") }
        }
        let never = Numbers.counted(open.count { $0.report == nil }, "study was", "studies were")
        let nothing = Numbers.counted(
            open.count { $0.report.map { $0.verdict == nil } == true }, "study has", "studies have")
        return known
            + [("\(nothing) learned nothing yet.", nothing), ("\(never) not begun.", never)]
            .filter { !$0.1.hasPrefix("0 ") }.map { Paragraph.item($0.0) }
    }

    private static func outlook(_ study: SweepReport.Study, _ verdict: Verdict) -> String {
        if study.report?.isSure == true { return "sure, but not confirmed yet." }
        if verdict.isSure { return "no fresh search has reached the target." }
        let gain = "knowing everything is worth \(Numbers.fixed(verdict.expectedGainOfPerfectInformation, 2)) doublings"
        guard let forecast = study.forecast else { return gain + ", after too few searches to foresee more." }
        guard let exponent = forecast.exponent, let more = forecast.evaluations, let seconds = study.secondsToSure
        else {
            return gain + ", and hardly falls: when it will be sure cannot be foreseen."
        }
        let purse =
            switch study.left {
            case 0: "; its purse is spent"
            case let left? where Double(left) < more: "; its purse has \(Numbers.short(Double(left))) left"
            default: ""
            }
        return gain + ", falling as n^-\(Numbers.fixed(exponent, 2)): sure after about \(Numbers.short(more)) more "
            + "evaluations, \(Numbers.duration(seconds)) of search (extrapolated)\(purse)."
    }

    // MARK: What went wrong

    private static func wrong(_ sweep: SweepReport) -> [String] {
        sweep.studies.flatMap { study in
            (troubles(study) + (study.report.map(troubles) ?? [])).map { Paragraph.item("\(study.name): \($0)") }
        }
    }

    private static func troubles(_ study: SweepReport.Study) -> [String] { study.trouble.map { [$0] } ?? [] }

    private static func troubles(_ report: StudyReport) -> [String] {
        var lines: [String] = []
        if let outage = report.outage {
            lines.append(
                "the objective keeps failing, \(Numbers.counted(outage.requests, "request", "requests")) in a row; the last: "
                    + "\(outage.outcome.rawValue): \(PlainLine.of(outage.evidence))")
        }
        if report.failures > 0 {
            let first = report.firstFailure.map { "; the first: \(PlainLine.of($0))" } ?? ""
            lines.append(
                "\(Numbers.grouped(report.failures)) of \(Numbers.counted(report.evaluations, "evaluation", "evaluations")) had no value\(first)"
            )
        }
        if let retest = report.retest, !retest.isSame { lines.append(ReportText.sentence(retest)) }
        return lines
    }

    // MARK: What more hours would do

    private static func hours(_ sweep: SweepReport, _ workers: Int) -> [String] {
        guard sweep.studies.contains(where: \.isOpen) else { return [] }
        let counts = [1, 2, 4, 8].map { (hours: $0, sure: sweep.sureAfter(hours: Double($0), workers: workers)) }
        let told = counts.map { "\($0.hours) h: \($0.sure)" }.joined(separator: ", ")
        let others = sweep.unforeseen
        let tail = others > 0 ? "; of \(Numbers.counted(others, "other", "others")) nothing can be foreseen." : "."
        return [
            Paragraph.item(
                "more studies sure after \(told), on \(Numbers.counted(workers, "worker", "workers")), where purses allow"
                    + tail)
        ]
    }
}
