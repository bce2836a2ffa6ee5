import Foundation
import Inner
import Ledger
import Outer

/// A study's rows for other programs.
public enum Export {
    /// One line a pull.
    public static func pullsCSV(_ pulls: [Pull], of study: StudyRecord) -> String {
        let header =
            "study,number,swarm_size,inertia,topology,velocity_rule,boundary_rule,budget,evaluations,best,failures,"
            + "propensity,seconds,evaluation_seconds\n"
        return header
            + pulls.map { pull in
                let configuration = study.spec.space[pull.decision.arm].configuration
                let fields: [String] = [
                    study.name, String(pull.number), String(configuration.swarmSize), configuration.inertia,
                    configuration.topology, configuration.rule, configuration.boundary, String(pull.budget),
                    String(pull.result.evaluations), pull.result.best.map { String($0.value) } ?? "",
                    String(pull.result.failures), String(pull.decision.propensity), String(pull.seconds),
                    String(pull.result.evaluationSeconds),
                ]
                return fields.map(quoted).joined(separator: ",") + "\n"
            }.joined()
    }

    /// One line a checkpoint.
    public static func tracesCSV(_ pulls: [Pull], of study: StudyRecord) -> String {
        "study,number,evaluations,best\n"
            + pulls.map { pull in
                pull.result.trace.checkpoints.map { checkpoint in
                    let best = checkpoint.best.isFinite ? String(checkpoint.best) : ""
                    return "\(quoted(study.name)),\(pull.number),\(checkpoint.evaluations),\(best)\n"
                }.joined()
            }.joined()
    }

    /// One line a failed evaluation of a command, with its evidence; coordinates between blanks.
    public static func failuresCSV(_ pulls: [Pull], of study: StudyRecord) -> String {
        "study,number,evaluation,outcome,evidence,point\n"
            + pulls.map { pull in
                pull.result.failed.map { failed in
                    let fields = [
                        study.name, String(pull.number), String(failed.number), failed.evaluation.outcome.rawValue,
                        failed.evaluation.evidence ?? "", failed.point.map(\.description).joined(separator: " "),
                    ]
                    return fields.map(quoted).joined(separator: ",") + "\n"
                }.joined()
            }.joined()
    }

    /// The whole study: what decides its results, where it came from, every pull with decision and trace.
    public static func json(_ pulls: [Pull], of study: StudyRecord) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let head = [
            "\"study\":\(try text(study.name, encoder))", "\"problem\":\(try text(study.problem, encoder))",
            "\"spec\":\(try text(study.spec, encoder))",
            "\"programVersion\":\(try text(study.provenance.programVersion, encoder))",
            "\"commandLine\":\(try text(study.provenance.commandLine, encoder))",
        ]
        let rows = try pulls.map { try text(PullDocument($0, study), encoder) }
        return "{" + head.joined(separator: ",\n") + ",\n\"pulls\":[\n" + rows.joined(separator: ",\n") + "\n]}\n"
    }

    private struct PullDocument: Encodable {
        let number: Int
        let arm: Arm
        let decision: Decision
        let evaluations: Int
        let failures: Int
        let best: Double?
        let bestPoint: [Double]?
        let failed: [FailedDocument]
        let retest: SearchResult.Retest?
        let seconds: Double
        let evaluationSeconds: Double
        let trace: [[Double?]]

        init(_ pull: Pull, _ study: StudyRecord) {
            number = pull.number
            arm = study.spec.space[pull.decision.arm]
            decision = pull.decision
            evaluations = pull.result.evaluations
            failures = pull.result.failures
            best = pull.result.best?.value
            bestPoint = pull.result.best?.point
            failed = pull.result.failed.map(FailedDocument.init)
            retest = pull.result.retest
            seconds = pull.seconds
            evaluationSeconds = pull.result.evaluationSeconds
            trace = pull.result.trace.checkpoints.map { [Double($0.evaluations), $0.best.isFinite ? $0.best : nil] }
        }
    }

    private struct FailedDocument: Encodable {
        let evaluation: Int
        let outcome: Outcome
        let evidence: String?
        let point: [Double]

        init(_ failed: SearchResult.Failed) {
            evaluation = failed.number
            outcome = failed.evaluation.outcome
            evidence = failed.evaluation.evidence
            point = failed.point
        }
    }

    private static func text(_ value: some Encodable, _ encoder: JSONEncoder) throws -> String {
        String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// A CSV field, quoted where it has to be (RFC 4180).
    static func quoted(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
