import Foundation
import Problems

/// What a sweep would do, before it does it.
public struct SweepPlanSummary: Sendable, Encodable {
    public let sweep: String
    public let ledger: String
    public let workers: Int
    public let studies: [Study]

    public struct Study: Sendable, Encodable {
        public let name: String
        /// What `knee learn` would be told.
        public let arguments: [String]
        /// Evaluations it may spend, and has spent.
        public let purse: Int
        public let spent: Int
        /// Why it last stopped: nil if it was not begun, or was killed.
        public let isDone: Bool
        /// As measured before on this problem; nil if it was not.
        public let secondsPerEvaluation: Double?

        public init(
            name: String, arguments: [String], purse: Int, spent: Int, isDone: Bool, secondsPerEvaluation: Double?
        ) {
            self.name = name
            self.arguments = arguments
            self.purse = purse
            self.spent = spent
            self.isDone = isDone
            self.secondsPerEvaluation = secondsPerEvaluation
        }

        /// Evaluations that it may still spend.
        var left: Double { isDone ? 0 : Double(max(0, purse - spent)) }
    }

    public init(sweep: String, ledger: String, workers: Int, studies: [Study]) {
        self.sweep = sweep
        self.ledger = ledger
        self.workers = workers
        self.studies = studies
    }
}

/// The same for a terminal.
public enum SweepPlanText {
    public static func render(_ plan: SweepPlanSummary) -> String {
        let done = plan.studies.count(where: \.isDone)
        let begun = plan.studies.count { !$0.isDone && $0.spent > 0 }
        let state = [done > 0 ? "\(done) done" : nil, begun > 0 ? "\(begun) begun" : nil].compactMap { $0 }
        var lines = [
            "\(plan.sweep): \(Numbers.counted(plan.studies.count, "study", "studies"))"
                + (state.isEmpty ? "" : ", \(state.joined(separator: ", "))"), "",
        ]
        for study in plan.studies {
            let spent = study.isDone ? "done" : study.spent > 0 ? "\(Numbers.grouped(study.spent)) spent" : "new"
            lines.append("\(study.name)  at most \(Numbers.grouped(study.purse)) evaluations, \(spent)")
            lines.append("    \(study.arguments.map(ShellWord.quoted).joined(separator: " "))")
        }
        let left = plan.studies.reduce(0) { $0 + $1.left }
        lines += ["", Facts.line("worst case", "\(Numbers.grouped(Int(min(left, 9e18)))) evaluations still to spend")]
        lines.append(Facts.line("", time(plan)))
        lines += [Facts.line("ledger", plan.ledger)]
        return lines.joined(separator: "\n")
    }

    private static func time(_ plan: SweepPlanSummary) -> String {
        let open = plan.studies.filter { $0.left > 0 }
        let known = open.filter { $0.secondsPerEvaluation != nil }
        guard !known.isEmpty else {
            return open.isEmpty ? "nothing is left to do" : "how long that takes was not measured yet"
        }
        let seconds = known.reduce(0) { $0 + $1.left * $1.secondsPerEvaluation! } / Double(plan.workers)
        let missing = open.count - known.count
        return
            "\(Numbers.duration(seconds)) on \(Numbers.counted(plan.workers, "worker", "workers")), as fast as measured before"
            + (missing > 0 ? "; without \(Numbers.counted(missing, "study", "studies")) never measured" : "")
    }

    public static func json(_ plan: SweepPlanSummary) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(plan), as: UTF8.self)
    }
}
