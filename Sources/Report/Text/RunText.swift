import Foundation
import Inner
import Outer

/// The outcome of independent searches at one setting.
public struct RunSummary: Sendable, Encodable {
    /// The study whose settings these are; nil if they were given by hand.
    public let study: String?
    public let problem: String
    public let knownOptimum: Double?
    public let configuration: Configuration
    /// Evaluations of one search.
    public let budget: Int
    public let seed: UInt64
    public private(set) var searches = 0
    public private(set) var evaluations = 0
    public private(set) var failures = 0
    public private(set) var seconds = 0.0
    public private(set) var best: SearchResult.Best?
    public private(set) var firstFailure: String?
    /// Two values of one point.
    public private(set) var retest: SearchResult.Retest?

    public init(
        study: String?, problem: String, optimum: Double?, configuration: Configuration, budget: Int, seed: UInt64
    ) {
        self.study = study
        self.problem = problem
        knownOptimum = optimum
        self.configuration = configuration
        self.budget = budget
        self.seed = seed
    }

    public mutating func add(_ result: SearchResult, seconds: Double) {
        searches += 1
        evaluations += result.evaluations
        failures += result.failures
        self.seconds += seconds
        retest = retest ?? result.retest
        firstFailure = firstFailure ?? result.firstFailure?.evidence
        if let fresh = result.best, fresh.value < best?.value ?? .infinity { best = fresh }
    }
}

/// The best point for a terminal, or for programs.
public enum RunText {
    public static func render(_ run: RunSummary) -> String {
        let configuration = run.configuration
        var lines = [
            "\(run.problem): \(run.best.map { "best \(Numbers.significant($0.value))" } ?? "no point has a value")", "",
            Facts.line(
                "settings",
                SettingsText.sentence(configuration)),
            Facts.line(
                "spent",
                "\(Numbers.counted(run.evaluations, "evaluation", "evaluations")) in "
                    + "\(Numbers.counted(run.searches, "search", "searches")), \(Numbers.duration(run.seconds))"),
        ]
        if let optimum = run.knownOptimum {
            lines.append(Facts.line("known", "optimum \(Numbers.significant(optimum))"))
        }
        if run.failures > 0 {
            lines.append(
                Facts.line("failed", "\(Numbers.counted(run.failures, "evaluation", "evaluations")) had no value"))
        }
        if let evidence = run.firstFailure { lines.append(Facts.line("", "the first: \(PlainLine.of(evidence))")) }
        if let retest = run.retest, !retest.isSame { lines.append(Facts.line("noise", ReportText.sentence(retest))) }
        if let best = run.best {
            lines.append(Facts.line("value", String(best.value)))
            for (index, coordinate) in best.point.enumerated() {
                lines.append(Facts.line("x\(index)", String(coordinate)))
            }
        }
        return lines.joined(separator: "\n")
    }

    public static func json(_ run: RunSummary) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(run), as: UTF8.self)
    }
}
