import Foundation
import Inner
import Outer

/// A composition for programs: a part of its study's JSON.
struct CompositionJSON: Encodable {
    private let experts: [String]
    private let singleSearchBudget: Int?
    private let searchedSinceTest: Int
    private let methods: [Method]
    private let singleSearches: [Level]
    private let missedByAll: CompositionReport.MissedByAll?
    private let expert: String?
    private let card: String?

    private struct Interval: Encodable {
        let mean: Double, low: Double?, high: Double?

        init(_ mean: Double, _ low: Double, _ high: Double) {
            (self.mean, self.low, self.high) = (mean, low.isFinite ? low : nil, high.isFinite ? high : nil)
        }
    }

    private struct Method: Encodable {
        let method: MixtureMethod
        let name: String
        let searches: Int
        let evaluations: Int
        let coefficients: [Double]
        let validation: Double
        let test: Double?
        let testFailure: String?
        let testLoss: Interval?
        let lead: Interval?
        let isBetter: Bool?
        let isWorse: Bool?
    }

    private struct Level: Encodable {
        let method: MixtureMethod
        let searches: Int
        let validation: Interval
    }

    init(_ report: CompositionReport) {
        (experts, singleSearchBudget, missedByAll) = (report.experts, report.length, report.missedByAll)
        searchedSinceTest = report.searchedSinceTest
        methods = report.entries.map { entry in
            Method(
                method: entry.method, name: entry.name, searches: entry.searches, evaluations: entry.evaluations,
                coefficients: entry.mixture.point, validation: entry.mixture.value, test: entry.test?.value,
                testFailure: entry.test?.evidence,
                testLoss: entry.loss.map { Interval($0.mean, $0.low, $0.high) },
                lead: entry.lead.map { Interval($0.mean, $0.low, $0.high) }, isBetter: entry.lead?.isBetter,
                isWorse: entry.lead?.isWorse)
        }
        singleSearches = report.singleSearches.map {
            Level(
                method: $0.method, searches: $0.searches,
                validation: Interval($0.value.mean, $0.value.low, $0.value.high))
        }
        (expert, card) = (report.files?.expert, report.files?.card)
    }
}
