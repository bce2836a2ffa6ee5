import Foundation
import Inner
import Ledger
import Outer

/// A comparison for programs.
public enum ComparisonJSON {
    public static func render(_ report: ComparisonReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Document(report)), as: UTF8.self)
    }

    private struct Document: Encodable {
        let comparison: String
        let verdict: String
        let families: [String]
        let problems: [String]
        let blocks: Int
        let seed: UInt64
        let searches: Int
        let wanted: Int
        let evaluations: Int
        let failures: Int
        let seconds: Double
        let digest: String
        let stop: StopReason?
        let levels: [Level]
        let learned: [[Lesson]]?
        let runningTimes: [RunningTime]

        init(_ report: ComparisonReport) {
            comparison = report.name
            verdict = ComparisonText.headline(report)
            families = report.families
            problems = report.spec.problems.map(\.label)
            (blocks, seed) = (report.spec.blocks, report.spec.seed)
            (searches, wanted) = (report.searches, report.wanted)
            (evaluations, failures, seconds) = (report.evaluations, report.failures, report.searchSeconds)
            (digest, stop) = (report.digest, report.stop)
            levels = report.levels.map(Level.init)
            learned = report.learned.map { $0.map { $0.map(Lesson.init) } }
            runningTimes = RunningTimeTable(report).rows.flatMap { row in
                zip(report.families, row.times).map { RunningTime(row.problem, row.target, $0, $1) }
            }
        }
    }

    private struct Level: Encodable {
        let budget: String
        let verdict: String?
        let blocks: Int?
        let units: Int?
        let friedmanProbability: Double?
        let criticalDifference: Double?
        let averageRanks: [Double]?
        let restart: Double?
        let pairs: [Pair]?

        init(_ level: ComparisonReport.Level) {
            budget = level.label
            let comparison = level.comparison
            verdict = comparison.map(ComparisonText.sentence)
            (blocks, units) = (comparison?.blocks, comparison?.units)
            friedmanProbability = comparison?.ranks.probability
            criticalDifference = comparison?.criticalDifference
            averageRanks = comparison?.ranks.means
            restart = comparison?.restart
            pairs = comparison.map { comparison in
                ComparisonText.ordered(comparison).map { Pair($0, comparison.families) }
            }
        }
    }

    private struct Pair: Encodable {
        let first: String
        let second: String
        let wins: Int
        let losses: Int
        let ties: Int
        let winShareLow: Double
        let winShareHigh: Double
        let finding: String
        let holmProbability: Double
        let probabilityOfLower: Double
        let difference: Double
        let differenceLow: Double
        let differenceHigh: Double
        let firstIsBetter: Double
        let areAlike: Double
        let secondIsBetter: Double

        init(_ pair: FamilyComparison.Pair, _ names: [String]) {
            (first, second) = (names[pair.first], names[pair.second])
            (wins, losses, ties) = (pair.sequential.wins, pair.sequential.losses, pair.sequential.ties)
            (winShareLow, winShareHigh) = (pair.sequential.low, pair.sequential.high)
            finding = "\(pair.sequential.finding)"
            (holmProbability, probabilityOfLower) = (pair.probability, pair.probabilityOfLower)
            (difference, differenceLow) = (pair.difference.mean, pair.difference.low)
            differenceHigh = pair.difference.high
            (firstIsBetter, areAlike) = (pair.bayesian.firstIsBetter, pair.bayesian.areAlike)
            secondIsBetter = pair.bayesian.secondIsBetter
        }
    }

    private struct Lesson: Encodable {
        let arm: Arm
        let evaluations: Int
        let isSure: Bool

        init(_ lesson: ComparisonLesson) {
            (arm, evaluations, isSure) = (lesson.arm, lesson.evaluations, lesson.isSure)
        }
    }

    private struct RunningTime: Encodable {
        let problem: String
        let target: String
        let family: String
        /// Null if none has reached the target.
        let expectedEvaluations: Double?
        let successes: Int
        let runs: Int

        init(_ problem: String, _ target: String, _ family: String, _ time: ExpectedRunningTime) {
            (self.problem, self.target, self.family) = (problem, target, family)
            expectedEvaluations = time.evaluations.isFinite ? time.evaluations : nil
            (successes, runs) = (time.successes, time.runs)
        }
    }
}
