import Foundation
import Inner
import Ledger
import Outer

/// One transaction at synchronous = FULL: pull, decision and a trace of 33 checkpoints.
enum RecordingCost {
    static func report() async throws {
        let folder = NSTemporaryDirectory() + "knee-benchmark-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let ledger = try Ledger(at: folder + "/k.sqlite", .readWrite)
        let space = try ArmSpace(floor: 625, ceiling: 625 << 8)
        let record = StudyRecord(
            name: "cost", problem: try .builtIn("sphere"), spec: StudySpec(space: space),
            provenance: Provenance(created: "", commandLine: [], programVersion: "", host: ""))
        try ledger.create(record)
        var times: [Double] = []
        for number in 0..<500 {
            let pull = pull(number, on: space)
            times.append(try await measured { try await ledger.record(pull, of: record) })
        }
        Sample(times).printRow("recording a pull, synchronous = FULL, 33 checkpoints", unit: "us", factor: 1e6)
    }

    private static func pull(_ number: Int, on space: ArmSpace) -> Pull {
        let checkpoints = (0..<33).map {
            Trace.Checkpoint(evaluations: space.grid.evaluations(at: $0), best: 1 / Double($0 + 1))
        }
        let contenders = (0..<12).map { Decision.Contender(arm: $0, draw: 0.1, mean: 0.2, offset: -0.3) }
        return Pull(
            number: number, decision: Decision(arm: 8, contenders: contenders, propensity: 0.5), budget: 160_000,
            result: SearchResult(
                trace: Trace(checkpoints), best: .init(point: Array(repeating: 0.1, count: 10), value: 1),
                evaluations: 160_000), seconds: 0.1)
    }
}
