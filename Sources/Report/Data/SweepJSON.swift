import Foundation
import Inner
import Outer

/// The morning report for programs.
public enum SweepJSON {
    public static func render(_ sweep: SweepReport, workers: Int) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Document(sweep, workers)), as: UTF8.self)
    }

    private struct Document: Encodable {
        let sweep: String
        let sure: Int
        let seconds: Double?
        let workers: Int
        /// How many more studies would be sure after so many more hours: extrapolated.
        let sureAfterHours: [String: Int]
        let studies: [Study]

        init(_ report: SweepReport, _ workers: Int) {
            sweep = report.name
            sure = report.sure
            seconds = report.run?.seconds
            self.workers = workers
            sureAfterHours = Dictionary(
                uniqueKeysWithValues: [1, 2, 4, 8].map { ("\($0)", report.sureAfter(hours: $0, workers: workers)) })
            studies = report.studies.map(Study.init)
        }
    }

    private struct Study: Encodable {
        let study: String
        let problem: String?
        let isSure: Bool
        let stop: StopReason?
        let recommended: Arm?
        let iterations: Int?
        let knee: Knee?
        let confirmed: KneeConfirmation?
        let expectedGainOfPerfectInformation: Double?
        let evaluations: Int
        let purse: Int?
        let failures: Int
        let outage: Outage?
        let trouble: String?
        let forecast: SurenessForecast?
        let secondsToSure: Double?
        let digest: String?

        init(_ study: SweepReport.Study) {
            let report = study.report
            self.study = study.name
            problem = report?.problem
            isSure = study.isSure
            stop = report?.stop
            recommended = report?.recommended
            iterations = report?.recommended?.iterations
            knee = report?.verdict?.knee
            confirmed = report?.confirmation?.confirmation
            expectedGainOfPerfectInformation = report?.verdict?.expectedGainOfPerfectInformation
            evaluations = report?.evaluations ?? 0
            purse = report?.spec.purse
            failures = report?.failures ?? 0
            outage = report?.outage
            trouble = study.trouble
            forecast = study.forecast
            secondsToSure = study.secondsToSure
            digest = report?.digest
        }
    }
}
