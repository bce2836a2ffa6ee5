import Foundation
import GRDB
import Inner
import Ledger
import Outer
import Problems

/// A folder that is removed with the last reference to it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "knee-ledger-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { path + "/" + name }

    /// Changes a ledger by hand.
    func execute(_ sql: String, in name: String) throws {
        try DatabaseQueue(path: file(name)).writeWithoutTransaction { try $0.execute(sql: sql) }
    }
}

/// A small real study and what it leaves.
enum Sample {
    static func record(
        _ name: String = "sphere-1", purse: Int? = 4000, goal: Goal = .price(1), cost: Cost = .evaluations
    ) throws -> StudyRecord {
        var factors = ArmSpace.Factors()
        (factors.swarmSizes, factors.inertias, factors.topologies) = ([5, 10], ["0.5", "stagnation"], ["ring"])
        return StudyRecord(
            name: name, problem: try .builtIn("sphere", dimension: 3),
            spec: StudySpec(
                space: try ArmSpace(factors, floor: 50, ceiling: 800), goal: goal, cost: cost, seed: 3, purse: purse),
            provenance: Provenance(
                created: "2026-01-02T03:04:05Z", commandLine: ["knee", "learn", "sphere \"quoted\""],
                programVersion: "9.9", host: "here"))
    }

    static func pulls(of record: StudyRecord) async throws -> [Pull] {
        guard case .pure(let problem) = try record.problem.make() else { return [] }
        return try await runStudy(record.spec, workers: 1, launch: launcher(for: problem), record: { _ in }).pulls
    }

    /// Pulls as no sane search leaves them: without any value, and with the evidence of a failure.
    static func failed(_ number: Int) -> Pull {
        Pull(
            number: number, decision: Decision(arm: 1, contenders: [], propensity: 0.125), budget: 100,
            result: SearchResult(
                trace: Trace([.init(evaluations: 50, best: .infinity), .init(evaluations: 60, best: -0.0)]), best: nil,
                evaluations: 60, failures: 60,
                failed: [
                    .init(
                        number: 3, point: [0.1, -1e-300],
                        evaluation: Evaluation(.failed, evidence: "exit code 3; 'quotes' and \u{1F600}")),
                    .init(number: 59, point: [0, 5], evaluation: Evaluation(value: .nan)),
                ], retest: .init(first: 1, second: 1.5), evaluationSeconds: 0.25),
            seconds: 0.5)
    }
}
