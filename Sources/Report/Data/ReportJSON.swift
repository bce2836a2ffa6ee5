import Foundation
import Inner
import Ledger
import Outer

/// The same facts for programs. Keys are sorted, numbers are exact.
public enum ReportJSON {
    /// - Parameter composition: what the study composed, if it did.
    public static func render(_ report: StudyReport, _ composition: CompositionReport? = nil) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Document(report, composition)), as: UTF8.self)
    }

    private struct Document: Encodable {
        let study: String
        let problem: String
        let knownOptimum: Double?
        let goal: Goal
        let cost: Cost
        let seed: UInt64
        let policy: String
        /// Studies it began with.
        let warm: [String]
        let stop: StopReason?
        let outage: Outage?
        let retest: SearchResult.Retest?
        let verdict: Verdict?
        let confirmed: ConfirmationRecord?
        let recommended: Arm?
        let iterations: Int?
        let isSure: Bool
        let kneeIsCensored: Bool?
        let kneeOfAnySettings: Range?
        let secondsPerEvaluation: Double?
        let spent: Spent
        let replayed: ReplayFigures?
        let ledger: String
        let page: String?
        let digest: String
        let decisionsDigest: String
        let composition: CompositionJSON?

        /// 5 % and 95 % points.
        struct Range: Encodable {
            let low: Int
            let high: Int
        }

        struct Spent: Encodable {
            let evaluations: Int
            let purse: Int?
            let searches: Int
            let freshEvaluations: Int
            let freshSearches: Int
            let failures: Int
            let outcomes: [String: Int]
            let searchSeconds: Double
        }

        init(_ report: StudyReport, _ composition: CompositionReport?) {
            self.composition = composition.map(CompositionJSON.init)
            study = report.study
            problem = report.problem
            knownOptimum = report.optimum
            goal = report.spec.goal
            cost = report.spec.cost
            seed = report.spec.seed
            policy = report.spec.policy
            warm = report.spec.warm?.studies.map(\.name) ?? []
            stop = report.stop
            outage = report.outage
            retest = report.retest
            verdict = report.verdict
            confirmed = report.confirmation
            recommended = report.recommended
            iterations = report.recommended?.iterations
            isSure = report.isSure
            kneeIsCensored = report.verdict.map { _ in report.kneeIsCensored }
            kneeOfAnySettings = report.verdict.map {
                Range(low: $0.kneeOfAnySettings.lowerBound, high: $0.kneeOfAnySettings.upperBound)
            }
            secondsPerEvaluation = report.verdict?.secondsPerEvaluation
            spent = Spent(
                evaluations: report.evaluations, purse: report.spec.purse, searches: report.pulls,
                freshEvaluations: report.fresh.evaluations, freshSearches: report.fresh.searches,
                failures: report.failures,
                outcomes: Dictionary(uniqueKeysWithValues: report.outcomes.map { ($0.outcome.rawValue, $0.count) }),
                searchSeconds: report.searchSeconds)
            replayed = report.instead
            ledger = report.ledger
            page = report.page
            digest = report.digest
            decisionsDigest = report.decisionsDigest
        }
    }
}
